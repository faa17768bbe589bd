import type { Filing } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { IconMessage } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { messagesAnchor } from './messages-anchor.ts';

/** The way to a filing's messages: how many are new, else to write one. */
export function MessagesLink({
  subscription,
  filing: { authority, unreadMessages },
}: {
  subscription: string;
  filing: Pick<Filing, 'authority' | 'unreadMessages'>;
}) {
  const t = useT();
  return (
    <Link
      to={`${paths.summary(subscription)}#${messagesAnchor(authority)}`}
      className="portal-messages-link"
      data-unread={unreadMessages > 0 || undefined}
    >
      <IconMessage className="rnoce-icon" aria-hidden />
      <span>
        {unreadMessages > 0
          ? t('common:labelled', {
              label: t(`subscriptions:messages.title.${authority}`),
              value: t('subscriptions:messages.unread', { count: unreadMessages }),
            })
          : t(`subscriptions:messages.write.${authority}`)}
      </span>
    </Link>
  );
}

import type { Filing } from '@rnoce/schemas/filings';
import { FilingMessages } from '@rnoce/shell/filing-messages';
import { useT } from '@rnoce/ui/i18n';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { forgetSubscriptions } from '../../api/queries.ts';
import { client } from '../../session/session.ts';
import { useAccount } from '../../session/use-session.ts';
import { messagesAnchor } from './messages-anchor.ts';

/** The messages between the operator and the agents of a filing's authority. */
export function FilingConversation({
  filing: { id, authority },
}: {
  filing: Pick<Filing, 'id' | 'authority'>;
}) {
  const t = useT();
  const account = useAccount();
  const anchor = messagesAnchor(authority);
  const heading = useLeadHere(anchor);
  const title = t(`subscriptions:messages.title.${authority}`);
  if (!account) return null;
  return (
    <section className="rnoce-card portal-summary-section" aria-labelledby={anchor}>
      <h2 id={anchor} ref={heading} tabIndex={-1} className="portal-conversation-title">
        {title}
      </h2>
      <FilingMessages
        client={client}
        filing={id}
        side="operator"
        reader={account.id}
        label={title}
        authorOf={({ author }) =>
          author === 'operator' ? t('subscriptions:messages.you') : t(`reference:authority.${authority}`)
        }
        empty={<p>{t(`subscriptions:messages.empty.${authority}`)}</p>}
        closed={t('subscriptions:messages.closed')}
        onRead={() => void forgetSubscriptions()}
      />
    </section>
  );
}

/** An address that names the conversation leads to it, although the page came before its data. */
function useLeadHere(anchor: string) {
  const location = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (location.hash !== `#${anchor}`) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'start' });
  }, [location, anchor]);
  return heading;
}

import { Title } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import { type Filing, filingStates } from '@rnoce/schemas/filings';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { AccountList } from './account-list.tsx';
import { AccountOperations } from './account-operations.tsx';
import { decisionDate } from './decision-date.ts';
import { FilingTimeline } from './filing-timeline.tsx';
import { MessagesLink } from './messages-link.tsx';
import { DeleteDraft, NextAction } from './next-action.tsx';
import { SubscriptionCode } from './subscription-code.tsx';
import { type ListedSubscription, subscriptionPath } from './subscription-path.ts';

/** A filing: what its operator must do now comes first, then where it is. */
export function FilingCard({
  subscription,
  filing,
  joint = false,
  onDelete,
}: {
  subscription: ListedSubscription;
  filing: Filing;
  /** One of two of the same request, which says what they have in common. */
  joint?: boolean;
  onDelete: () => void;
}) {
  const t = useT();
  const { authority, status } = filing;
  const titleId = `filing-${filing.id}`;
  return (
    <article className="rnoce-card portal-filing" aria-labelledby={titleId}>
      <div className="portal-filing-head">
        <Title order={joint ? 3 : 2} id={titleId}>
          {t(`subscriptions:filing.title.${authority}`)}
        </Title>
        <StatusBadge tone={filingStates[status].tone}>{t(`reference:filing-status.${status}`)}</StatusBadge>
      </div>
      {joint && status === 'draft' ? null : (
        <NextAction subscription={subscription} filing={filing} joint={joint} />
      )}
      {filing.unreadMessages > 0 ? (
        <p className="portal-filing-messages">
          <MessagesLink subscription={subscription.id} filing={filing} />
        </p>
      ) : null}
      {filing.subscriptionCode === null ? null : <SubscriptionCode code={filing.subscriptionCode} />}
      <Facts subscription={subscription} filing={filing} />
      <FilingTimeline filing={filing} />
      {authority === 'customs' && status === 'validated' ? <AccountOperations level={joint ? 4 : 3} /> : null}
      <AccountList accounts={filing.singleWindowAccounts} level={joint ? 4 : 3} />
      <div className="portal-filing-foot">
        {status === 'draft' ? (
          joint ? null : (
            <DeleteDraft code={subscription.code} onDelete={onDelete} />
          )
        ) : (
          <>
            {filing.unreadMessages > 0 ? null : (
              <MessagesLink subscription={subscription.id} filing={filing} />
            )}
            <Link to={paths.summary(subscription.id)}>{t('subscriptions:filing.see')}</Link>
          </>
        )}
      </div>
    </article>
  );
}

function Facts({ subscription, filing }: { subscription: ListedSubscription; filing: Filing }) {
  const t = useT();
  const { code, createdAt, operatorType, identifiers } = subscription;
  const decidedAt = decisionDate(filing);
  return (
    <dl className="portal-filing-facts">
      <div>
        <dt>{t('subscriptions:filing.code')}</dt>
        <dd>
          <CopyableCode code={code}>
            <Link
              to={subscriptionPath(subscription)}
              className="rnoce-code"
              aria-label={t('subscriptions:filing.open', { code })}
            >
              {code}
            </Link>
          </CopyableCode>
        </dd>
      </div>
      <div>
        <dt>{t('subscriptions:filing.operator')}</dt>
        <dd>
          {t(`reference:operator-type.${operatorType}`)}
          {' · '}
          {t('reference:identifiers.ice')} <bdi className="rnoce-code">{identifiers.ice}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('subscriptions:filing.created')}</dt>
        <dd>
          <bdi className="rnoce-code">{formatDateTime(createdAt)}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('subscriptions:filing.validated')}</dt>
        <dd>
          {decidedAt === null ? (
            <span>{'–'}</span>
          ) : (
            <bdi className="rnoce-code">{formatDateTime(decidedAt)}</bdi>
          )}
        </dd>
      </div>
    </dl>
  );
}

import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { formatDateTime } from '@rnoce/i18n';
import { type Filing, filingStates } from '@rnoce/schemas/filings';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { Timeline } from '@rnoce/ui/timeline';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Link, Navigate, useParams } from 'react-router';
import { referenceQuery, subscriptionQuery } from '../../api/queries.ts';
import { BackAndPrint } from '../../subscription-summary/back-and-print.tsx';
import { formLists } from '../../subscription-summary/facts.tsx';
import { ReasonList } from '../../subscription-summary/reason-list.tsx';
import { SubscriptionSummary } from '../../subscription-summary/subscription-summary.tsx';
import { SummarySection } from '../../subscription-summary/summary-section.tsx';
import { UnknownRequest } from '../../subscription-summary/unknown-request.tsx';
import { AccountList } from './account-list.tsx';
import { askAgainEvery, awaitsAccounts } from './accounts-state.ts';
import { FilingConversation } from './filing-conversation.tsx';
import { NextAction } from './next-action.tsx';
import { SubscriptionCode } from './subscription-code.tsx';
import { subscriptionPath } from './subscription-path.ts';
import './subscriptions.css';

export const loader = ({ params }: { params: { id?: string } }) =>
  warm(subscriptionQuery(params.id ?? ''), ...formLists.map((list) => referenceQuery(list)));

/** A subscription as it was sent: everything by step, its documents, its history; made to be printed too. */
export function Component() {
  const t = useT();
  const { id = '' } = useParams();
  const query = useQuery({
    ...subscriptionQuery(id),
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => (state.data && awaitsAccounts(state.data) ? askAgainEvery : false),
  });
  const unknown =
    query.error instanceof ApiError && (query.error.status === 404 || query.error.code === 'validation');
  if (unknown) return <UnknownRequest />;
  // A draft has nothing to sum up yet: its address leads back to where the operator stopped.
  if (query.data?.filings.every(({ status }) => status === 'draft') === true) {
    return <Navigate to={subscriptionPath(query.data)} replace />;
  }
  return (
    <>
      <PageTitle title={t('portal:summary.title')} />
      <QueryState query={query} lines={8}>
        {(subscription) => <Summary subscription={subscription} />}
      </QueryState>
    </>
  );
}

function Summary({ subscription }: { subscription: Subscription }) {
  const t = useT();
  const { code, createdAt, filings, editable } = subscription;
  return (
    <>
      <p className="portal-code-line">
        <span>
          {t('subscriptions:filing.code')} <CopyableCode code={code} />
        </span>
        <span>
          {t('subscriptions:filing.created')} <bdi className="rnoce-code">{formatDateTime(createdAt)}</bdi>
        </span>
      </p>
      <div className="portal-actions portal-actions-start rnoce-no-print">
        <BackAndPrint />
        {editable ? (
          <Button
            component={Link}
            to={subscriptionPath(subscription)}
            rightSection={<IconArrowRight className="rnoce-icon rnoce-mirror" aria-hidden />}
          >
            {t('subscriptions:filing.resume')}
          </Button>
        ) : null}
      </div>
      {filings.map((filing) => (
        <Fragment key={filing.id}>
          <FilingPart subscription={subscription} filing={filing} />
          {filing.status === 'draft' ? null : <FilingConversation filing={filing} />}
        </Fragment>
      ))}
      <SubscriptionSummary subscription={subscription} />
    </>
  );
}

/** What an authority makes of its filing: what to do now, what it gave, and all that happened. */
function FilingPart({ subscription, filing }: { subscription: Subscription; filing: Filing }) {
  const t = useT();
  const { authority, status, history, subscriptionCode, singleWindowAccounts } = filing;
  return (
    <SummarySection
      title={t(`subscriptions:filing.title.${authority}`)}
      tools={
        <StatusBadge tone={filingStates[status].tone}>{t(`reference:filing-status.${status}`)}</StatusBadge>
      }
    >
      <div className="portal-filing-part">
        {status === 'draft' ? null : (
          <NextAction subscription={subscription} filing={filing} joint={subscription.filings.length > 1} />
        )}
        {subscriptionCode === null ? null : <SubscriptionCode code={subscriptionCode} />}
        <AccountList accounts={singleWindowAccounts} level={3} />
      </div>
      <h3>{t('portal:summary.history')}</h3>
      <Timeline
        label={t('portal:summary.history')}
        entries={history.map(({ event, at, actor, reasons, emailChanges }) => ({
          id: `${event} ${at}`,
          label: t(`reference:filing-event.${event}`),
          when: formatDateTime(at),
          by: actor === 'integrator' ? t('reference:actor.integrator') : undefined,
          state: event === 'returned' ? 'refused' : 'done',
          detail:
            reasons.length > 0 ? (
              <ReasonList reasons={reasons} />
            ) : emailChanges.length > 0 ? (
              <ul>
                {emailChanges.map(({ from, to }) => (
                  <li key={from}>
                    {t('reference:email-change', { from: `\u2066${from}\u2069`, to: `\u2066${to}\u2069` })}
                  </li>
                ))}
              </ul>
            ) : undefined,
        }))}
      />
    </SummarySection>
  );
}

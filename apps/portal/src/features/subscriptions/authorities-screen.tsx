import { Button } from '@mantine/core';
import type { SubscriptionOptions } from '@rnoce/schemas/subscriptions';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { IconArrowRight } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { subscriptionOptionsQuery, subscriptionsQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { AuthoritiesForm } from './authorities-form.tsx';
import { AuthorityCard } from './authority-card.tsx';
import { type ListedSubscription, subscriptionPath } from './subscription-path.ts';
import './subscriptions.css';

export const loader = () => warm(subscriptionOptionsQuery, subscriptionsQuery);

/** « Veuillez sélectionner vos souscriptions ». */
export function Component() {
  const t = useT();
  const [options, subscriptions] = useQueries({ queries: [subscriptionOptionsQuery, subscriptionsQuery] });
  return (
    <>
      <PageTitle title={t('subscriptions:authorities.title')} />
      <QueryState query={options}>
        {(offer) => (
          <QueryState query={subscriptions}>
            {(list) => <Choice options={offer} customs={requestToCustoms(list)} />}
          </QueryState>
        )}
      </QueryState>
    </>
  );
}

/** The request that PortNet starts from, or waits for. */
const requestToCustoms = (subscriptions: readonly ListedSubscription[]): ListedSubscription | undefined =>
  subscriptions.find(({ authorities }) => authorities.includes('customs'));

function Choice({
  options,
  customs,
}: {
  options: SubscriptionOptions;
  customs: ListedSubscription | undefined;
}) {
  const offered = options.authorities.filter(({ available }) => available).map(({ authority }) => authority);
  if (offered.length > 0) return <AuthoritiesForm options={options} offered={offered} customs={customs} />;
  const waits = options.authorities.some(({ reason }) => reason === 'customs_draft');
  return waits && customs ? (
    <DraftFirst options={options} draft={customs} />
  ) : (
    <NothingLeft options={options} />
  );
}

function Reasons({ options, draft }: { options: SubscriptionOptions; draft?: ListedSubscription }) {
  return (
    <div className="portal-authorities">
      {options.authorities.map(({ authority, reason }) => (
        <AuthorityCard
          key={authority}
          authority={authority}
          reason={reason}
          draft={draft?.authorities.includes(authority) ?? false}
        />
      ))}
    </div>
  );
}

/** PortNet waits for what customs will be sent. */
function DraftFirst({ options, draft }: { options: SubscriptionOptions; draft: ListedSubscription }) {
  const t = useT();
  return (
    <>
      <div className="portal-form-note">
        <Notice tone="info">
          <p>{t('subscriptions:choice.draft', { code: draft.code })}</p>
          <p>{t('subscriptions:choice.delete-draft')}</p>
        </Notice>
      </div>
      <Reasons options={options} draft={draft} />
      <div className="portal-actions portal-actions-start">
        <Button
          component={Link}
          to={subscriptionPath(draft)}
          rightSection={<IconArrowRight className="rnoce-icon rnoce-mirror" aria-hidden />}
        >
          {t('subscriptions:choice.resume-draft')}
        </Button>
        <Button component={Link} to={paths.subscriptions} variant="outline">
          {t('subscriptions:authorities.see-requests')}
        </Button>
      </div>
    </>
  );
}

/** Nothing can be chosen: a sentence says why, for each authority and for the whole. */
function NothingLeft({ options }: { options: SubscriptionOptions }) {
  const t = useT();
  const everything = options.authorities.every(({ reason }) => reason === 'already_filed');
  return (
    <>
      <div className="portal-form-note">
        <Notice tone="info">
          <p>
            {t(everything ? 'subscriptions:authorities.all-filed' : 'subscriptions:authorities.nothing-now')}
          </p>
        </Notice>
      </div>
      <Reasons options={options} />
      <Button component={Link} to={paths.subscriptions}>
        {t('subscriptions:authorities.see-requests')}
      </Button>
    </>
  );
}

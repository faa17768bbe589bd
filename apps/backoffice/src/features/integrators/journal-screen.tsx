import { Button } from '@mantine/core';
import { subscribableTypes } from '@rnoce/schemas/events';
import { deliveryStatuses, eventKeptDays, type WebhookEndpoint } from '@rnoce/schemas/webhooks';
import { queryClient, warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { deliveriesQuery, endpointQuery, integratorQuery } from '../../api/integrator-queries.ts';
import { type ListFilters, useListFilters } from '../../lists/list-filters.ts';
import { ListKeys } from '../../lists/list-keys.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';
import { StateLinks } from '../../lists/state-links.tsx';
import { paths } from '../../paths.ts';
import { BackLink } from '../../records/back-link.tsx';
import { isUnknown } from '../../records/unknown.ts';
import { UnknownRecord } from '../../records/unknown-record.tsx';
import { DeliveriesTable } from './deliveries-table.tsx';
import { EndpointActs } from './endpoint-acts.tsx';
import { EndpointFacts } from './endpoint-facts.tsx';
import { deliveriesOf } from './integrators-address.ts';
import { RedeliverDialog } from './redeliver-dialog.tsx';
import { EndpointBadge } from './words.tsx';
import '../../lists/lists.css';
import './integrators.css';

export const loader = ({
  params: { id = '', endpointId = '' },
  request,
}: {
  params: { id?: string; endpointId?: string };
  request: Request;
}) => {
  const asked = deliveriesOf(new URL(request.url).searchParams);
  void queryClient.prefetchInfiniteQuery(deliveriesQuery(endpointId, asked));
  return warm(integratorQuery(id), endpointQuery(endpointId));
};

/** The filters are data of the screen, not another place. */
export const shouldRevalidate = () => false;

/** The journal of an endpoint: what was sent, what wasn't taken, and the way to send it again. */
export function Component() {
  const t = useT();
  const { id = '', endpointId = '' } = useParams();
  const integrator = useQuery(integratorQuery(id)).data;
  const query = useQuery(endpointQuery(endpointId));
  return (
    <>
      <BackLink to={paths.integrator(id)}>
        <bdi>{integrator?.name ?? t('integrators:endpoints.title')}</bdi>
      </BackLink>
      {isUnknown(query) ? (
        <UnknownRecord
          title={t('integrators:journal.unknown')}
          detail={t('integrators:journal.unknown-detail')}
        />
      ) : (
        <QueryState query={query} lines={10}>
          {(endpoint) => <Journal endpoint={endpoint} />}
        </QueryState>
      )}
      <ListKeys />
    </>
  );
}

function Journal({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useT();
  const filters = useListFilters();
  const [redelivering, setRedelivering] = useState(false);
  return (
    <div className="record-page">
      <div className="record-title">
        <PageTitle title={t('integrators:journal.title')} />
        <EndpointBadge endpoint={endpoint} />
      </div>
      <section className="record-card">
        <bdi className="rnoce-code integrators-url">{endpoint.url}</bdi>
        <EndpointFacts endpoint={endpoint} />
        <EndpointActs endpoint={endpoint}>
          {endpoint.enabled ? (
            <Button size="sm" variant="outline" onClick={() => setRedelivering(true)}>
              {t('integrators:journal.redeliver-failed')}
            </Button>
          ) : null}
        </EndpointActs>
      </section>
      <JournalFilters filters={filters} />
      <Deliveries endpoint={endpoint} search={filters.search} />
      {redelivering ? <RedeliverDialog endpoint={endpoint} onClose={() => setRedelivering(false)} /> : null}
    </div>
  );
}

function JournalFilters({ filters }: { filters: ListFilters }) {
  const t = useT();
  const { search } = filters;
  return (
    <>
      <StateLinks
        search={search}
        name="status"
        label={t('integrators:journal.states')}
        states={[
          { value: '', text: t('integrators:journal.all') },
          ...deliveryStatuses.map((status) => ({
            value: status,
            text: t(`integrators:delivery.statuses.${status}`),
          })),
        ]}
        chosen={deliveriesOf(search).status ?? ''}
      />
      <search className="backoffice-filters rnoce-no-print">
        <SelectFilter
          filters={filters}
          name="type"
          label={t('integrators:journal.type')}
          first={t('integrators:journal.all-types')}
          choices={[...subscribableTypes, 'endpoint.test' as const].map((type) => [
            type,
            t(`integrators:event.${type}`),
          ])}
        />
      </search>
    </>
  );
}

function Deliveries({ endpoint, search }: { endpoint: WebhookEndpoint; search: URLSearchParams }) {
  const t = useT();
  const asked = deliveriesOf(search);
  const query = useInfiniteQuery(deliveriesQuery(endpoint.id, asked));
  const filtered = asked.status !== undefined || asked.type !== undefined;
  return (
    <QueryState query={query} lines={6}>
      {({ pages }) => (
        <div
          aria-busy={query.isPlaceholderData || undefined}
          className="backoffice-queue-body rnoce-list-room"
        >
          <p className="rnoce-hint">{t('integrators:journal.kept', { days: eventKeptDays })}</p>
          {pages.every(({ items }) => items.length === 0) ? (
            <EmptyState
              title={filtered ? t('integrators:journal.nothing') : t('integrators:journal.empty')}
              action={
                filtered ? (
                  <Button component={Link} to={{ search: '' }} variant="outline">
                    {t('integrators:list.clear')}
                  </Button>
                ) : null
              }
            >
              <p>{filtered ? t('integrators:list.nothing-detail') : t('integrators:journal.empty-detail')}</p>
            </EmptyState>
          ) : (
            <DeliveriesTable endpoint={endpoint} items={pages.flatMap(({ items }) => items)} />
          )}
          {query.hasNextPage ? (
            <Button
              variant="outline"
              className="integrators-more"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('integrators:journal.older')}
            </Button>
          ) : null}
        </div>
      )}
    </QueryState>
  );
}

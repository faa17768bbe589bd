import { formatCount } from '@rnoce/i18n';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { operationsQuery } from '../../api/operation-queries.ts';
import { useListFilters } from '../../lists/list-filters.ts';
import { Queue } from '../../lists/queue.tsx';
import { operationsOf, queuePartOf, queueParts } from './operations-address.ts';
import { OperationsFilters } from './operations-filters.tsx';
import { OperationsTable } from './operations-table.tsx';
import './operations.css';

export const loader = ({ request }: { request: Request }) =>
  warm(operationsQuery(operationsOf(new URL(request.url).searchParams)));

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

/** The queue of operations on customs accounts, oldest first. */
export function Component() {
  const t = useT();
  const title = t('operations-desk:queue.title');
  const filters = useListFilters();
  const { search } = filters;
  const query = useQuery(operationsQuery(operationsOf(search)));
  const counts = query.data?.counts;
  return (
    <Queue
      title={title}
      filters={filters}
      query={query}
      states={{
        states: queueParts.map((part) => ({
          value: part,
          text: t(`operations-desk:part.${part}`),
          count: part === 'all' ? undefined : counts?.[part],
        })),
        chosen: queuePartOf(search),
      }}
      selects={<OperationsFilters filters={filters} />}
      filtersClassName="operations-filters"
      words={{
        overdue: (count) => t('operations-desk:queue.overdue', { count }),
        states: t('operations-desk:queue.states'),
        found: (count) => t('operations-desk:queue.found', { count, total: formatCount(count) }),
        nothing: t('operations-desk:queue.nothing-found'),
        empty: t('operations-desk:queue.empty'),
        emptyDetail: t('operations-desk:queue.empty-detail'),
      }}
    >
      {(items) => <OperationsTable items={items} caption={title} />}
    </Queue>
  );
}

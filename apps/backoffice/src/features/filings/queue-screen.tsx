import { formatCount } from '@rnoce/i18n';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { queueQuery } from '../../api/queries.ts';
import { useListFilters } from '../../lists/list-filters.ts';
import { Queue } from '../../lists/queue.tsx';
import { useAgent } from '../../session/use-session.ts';
import { queueOf } from './queue-address.ts';
import { QueueFilters } from './queue-filters.tsx';
import { QueueTable } from './queue-table.tsx';

export const loader = ({ request }: { request: Request }) =>
  warm(queueQuery(queueOf(new URL(request.url).searchParams)));

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

const states = ['in_review', 'incomplete', 'validated'] as const;

/** The queue of the agent's authority, oldest first. */
export function Component() {
  const t = useT();
  const agent = useAgent();
  const title = agent
    ? t('desk:queue.title-of', { authority: t(`reference:authority.${agent.authority}`) })
    : t('desk:queue.title');
  const filters = useListFilters();
  const { search } = filters;
  const query = useQuery(queueQuery(queueOf(search)));
  const status = search.get('status') ?? 'in_review';
  const counts = query.data?.counts;
  return (
    <Queue
      title={title}
      filters={filters}
      query={query}
      states={{
        states: [
          ...states.map((state) => ({
            value: state,
            text: t(`reference:filing-status.${state}`),
            count: counts?.[state],
          })),
          { value: 'all', text: t('desk:queue.all') },
        ],
        chosen: status,
      }}
      selects={<QueueFilters filters={filters} />}
      words={{
        overdue: (count) => t('desk:queue.overdue', { count }),
        states: t('desk:queue.states'),
        found: (count) => t('desk:queue.found', { count, total: formatCount(count) }),
        nothing: t('desk:queue.nothing-found'),
        empty: t('desk:queue.empty'),
        emptyDetail: t('desk:queue.empty-detail'),
      }}
    >
      {(items) => (
        <QueueTable items={items} caption={title} withStatus={status === 'all' || status === 'validated'} />
      )}
    </Queue>
  );
}

import { formatCount } from '@rnoce/i18n';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { IconAlarm } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { queueQuery } from '../../api/queries.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { useListFilters } from '../../lists/list-filters.ts';
import { ListKeys } from '../../lists/list-keys.tsx';
import { StateLinks } from '../../lists/state-links.tsx';
import { useAgent } from '../../session/use-session.ts';
import { queueOf } from './queue-address.ts';
import { QueueFilters } from './queue-filters.tsx';
import { QueueTable } from './queue-table.tsx';
import '../../lists/lists.css';

export const loader = ({ request }: { request: Request }) =>
  warm(queueQuery(queueOf(new URL(request.url).searchParams)));

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

const states = ['in_review', 'incomplete', 'validated'] as const;

/** The queue of the agent's authority: filters in the address, oldest first, by keyboard alone if one likes. */
export function Component() {
  const t = useT();
  const agent = useAgent();
  const title = agent
    ? t('desk:queue.title-of', { authority: t(`reference:authority.${agent.authority}`) })
    : t('desk:queue.title');
  const filters = useListFilters();
  const { search } = filters;
  const searchBox = useRef<HTMLInputElement>(null);
  const query = useQuery(queueQuery(queueOf(search)));
  const status = search.get('status') ?? 'in_review';
  const counts = query.data?.counts;
  const filtered = [...search.keys()].some((name) => name !== 'status' && name !== 'sort');
  return (
    <>
      <div className="backoffice-queue-head">
        <PageTitle title={title} />
        {counts && counts.overdue > 0 ? (
          <p className="backoffice-overdue">
            <IconAlarm className="rnoce-icon" aria-hidden />
            {t('desk:queue.overdue', { count: counts.overdue })}
          </p>
        ) : null}
      </div>
      <StateLinks
        search={search}
        name="status"
        label={t('desk:queue.states')}
        states={[
          ...states.map((state) => ({
            value: state,
            text: t(`reference:filing-status.${state}`),
            count: counts?.[state],
          })),
          { value: 'all', text: t('desk:queue.all') },
        ]}
        chosen={status}
      />
      <QueueFilters filters={filters} searchBox={searchBox} />
      <ListBody
        query={query}
        lines={8}
        found={({ total }) => t('desk:queue.found', { count: total, total: formatCount(total) })}
        empty={
          filtered
            ? {
                title: t('desk:queue.nothing-found'),
                detail: t('desk:queue.nothing-found-detail'),
                clear: t('desk:queue.clear'),
              }
            : { title: t('desk:queue.empty'), detail: t('desk:queue.empty-detail') }
        }
        pages={t('desk:pages.label')}
      >
        {(items) => (
          <QueueTable items={items} caption={title} withStatus={status === 'all' || status === 'validated'} />
        )}
      </ListBody>
      <ListKeys searchBox={searchBox} />
    </>
  );
}

import { formatCount } from '@rnoce/i18n';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { IconAlarm } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { operationsQuery } from '../../api/operation-queries.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { useListFilters } from '../../lists/list-filters.ts';
import { ListKeys } from '../../lists/list-keys.tsx';
import { StateLinks } from '../../lists/state-links.tsx';
import { operationsOf, queuePartOf, queueParts } from './operations-address.ts';
import { OperationsFilters } from './operations-filters.tsx';
import { OperationsTable } from './operations-table.tsx';
import '../../lists/lists.css';
import './operations.css';

export const loader = ({ request }: { request: Request }) =>
  warm(operationsQuery(operationsOf(new URL(request.url).searchParams)));

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

/** The queue of operations on customs accounts: filters in the address, oldest first, by keyboard alone if one likes. */
export function Component() {
  const t = useT();
  const title = t('operations-desk:queue.title');
  const filters = useListFilters();
  const { search } = filters;
  const searchBox = useRef<HTMLInputElement>(null);
  const query = useQuery(operationsQuery(operationsOf(search)));
  const counts = query.data?.counts;
  const filtered = [...search.keys()].some((name) => name !== 'status' && name !== 'sort');
  return (
    <>
      <div className="backoffice-queue-head">
        <PageTitle title={title} />
        {counts && counts.overdue > 0 ? (
          <p className="backoffice-overdue">
            <IconAlarm className="rnoce-icon" aria-hidden />
            {t('operations-desk:queue.overdue', { count: counts.overdue })}
          </p>
        ) : null}
      </div>
      <StateLinks
        search={search}
        name="status"
        label={t('operations-desk:queue.states')}
        states={queueParts.map((part) => ({
          value: part,
          text: t(`operations-desk:part.${part}`),
          count: part === 'all' ? undefined : counts?.[part],
        }))}
        chosen={queuePartOf(search)}
      />
      <OperationsFilters filters={filters} searchBox={searchBox} />
      <ListBody
        query={query}
        lines={8}
        found={({ total }) => t('operations-desk:queue.found', { count: total, total: formatCount(total) })}
        empty={
          filtered
            ? {
                title: t('operations-desk:queue.nothing-found'),
                detail: t('desk:queue.nothing-found-detail'),
                clear: t('desk:queue.clear'),
              }
            : { title: t('operations-desk:queue.empty'), detail: t('operations-desk:queue.empty-detail') }
        }
        pages={t('desk:pages.label')}
      >
        {(items) => <OperationsTable items={items} caption={title} />}
      </ListBody>
      <ListKeys searchBox={searchBox} />
    </>
  );
}

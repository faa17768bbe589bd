import { useT } from '@rnoce/ui/i18n';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentProps, ReactNode } from 'react';
import type { ListPage } from './list-body.tsx';
import type { ListFilters } from './list-filters.ts';
import { QueueHead } from './queue-head.tsx';
import { SearchList } from './search-list.tsx';
import type { StateLinks } from './state-links.tsx';

interface QueuePage extends ListPage {
  readonly counts: { readonly overdue: number };
}

/** What an authority has to answer: filters in the address, by keyboard alone if one likes. */
export function Queue<Page extends QueuePage>({
  title,
  filters,
  query,
  states,
  selects,
  filtersClassName = '',
  words: { overdue, states: statesLabel, found, nothing, empty, emptyDetail },
  children,
}: {
  title: string;
  filters: ListFilters;
  query: UseQueryResult<Page>;
  /** The states of its rows, by the filter `status`. */
  states: Pick<ComponentProps<typeof StateLinks>, 'states' | 'chosen'>;
  /** Its filters beside the search. */
  selects: ReactNode;
  /** Where the filters stand in other columns. */
  filtersClassName?: string;
  words: {
    readonly overdue: (count: number) => string;
    /** What its states are called together. */
    readonly states: string;
    readonly found: (count: number) => string;
    /** The filters leave nothing. */
    readonly nothing: string;
    readonly empty: string;
    readonly emptyDetail: string;
  };
  /** The rows. */
  children: (items: Page['items']) => ReactNode;
}) {
  const t = useT();
  const { search } = filters;
  const late = query.data?.counts.overdue ?? 0;
  const filtered = [...search.keys()].some((name) => name !== 'status' && name !== 'sort');
  return (
    <>
      <QueueHead title={title} overdue={late > 0 ? overdue(late) : undefined} />
      <SearchList
        filters={filters}
        states={{ name: 'status', label: statesLabel, ...states }}
        searched={{ label: t('desk:queue.search'), hint: t('desk:queue.search-hint') }}
        selects={selects}
        filtersClassName={filtersClassName}
        query={query}
        lines={8}
        found={({ total }) => found(total)}
        empty={
          filtered
            ? { title: nothing, detail: t('desk:queue.nothing-found-detail'), clear: t('desk:queue.clear') }
            : { title: empty, detail: emptyDetail }
        }
        pages={t('desk:pages.label')}
      >
        {children}
      </SearchList>
    </>
  );
}

import { type ComponentProps, type ReactNode, useRef } from 'react';
import { ListBody, type ListPage } from './list-body.tsx';
import type { ListFilters } from './list-filters.ts';
import { ListKeys } from './list-keys.tsx';
import { SearchBox } from './search-box.tsx';
import { StateLinks } from './state-links.tsx';
import './lists.css';

/** A list that one searches: its states, the search and its filters in the address, what was found, by keyboard alone if one likes. */
export function SearchList<Page extends ListPage>({
  filters,
  states,
  searched,
  selects,
  filtersClassName = '',
  ...body
}: {
  filters: ListFilters;
  states: Omit<ComponentProps<typeof StateLinks>, 'search'>;
  /** What the search finds by. */
  searched: { readonly label: string; readonly hint: string };
  /** Its filters beside the search. */
  selects?: ReactNode;
  /** Where the filters stand in other columns. */
  filtersClassName?: string;
} & ComponentProps<typeof ListBody<Page>>) {
  const searchBox = useRef<HTMLInputElement>(null);
  return (
    <>
      <StateLinks search={filters.search} {...states} />
      <search className={`backoffice-filters rnoce-no-print ${filtersClassName}`}>
        <SearchBox filters={filters} {...searched} box={searchBox} />
        {selects}
      </search>
      <ListBody {...body} />
      <ListKeys searchBox={searchBox} />
    </>
  );
}

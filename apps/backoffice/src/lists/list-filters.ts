import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { withFilter } from './list-address.ts';

export interface ListFilters {
  /** The filters as the address keeps them. */
  readonly search: URLSearchParams;
  readonly change: (name: string, value: string) => void;
}

/** The filters of a list, which its address keeps; what is typed in the search leaves no step back behind it. */
export function useListFilters(): ListFilters {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (name: string, value: string) => {
      setSearch((before) => withFilter(before, name, value), {
        replace: name === 'q',
        preventScrollReset: true,
      });
    },
    [setSearch],
  );
  return { search, change };
}

import { customsRequestTypes } from '@rnoce/schemas/customs-account';
import { useT } from '@rnoce/ui/i18n';
import type { RefObject } from 'react';
import type { ListFilters } from '../../lists/list-filters.ts';
import { SearchBox } from '../../lists/search-box.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';

/** Search and filters of the queue of operations. */
export function OperationsFilters({
  filters,
  searchBox,
}: {
  filters: ListFilters;
  searchBox: RefObject<HTMLInputElement | null>;
}) {
  const t = useT();
  return (
    <search className="backoffice-filters operations-filters rnoce-no-print">
      <SearchBox
        filters={filters}
        label={t('desk:queue.search')}
        hint={t('desk:queue.search-hint')}
        box={searchBox}
      />
      <SelectFilter
        filters={filters}
        name="type"
        label={t('operations-desk:queue.operation')}
        first={t('operations-desk:queue.all-types')}
        choices={customsRequestTypes.map((type) => [type, t(`operations-desk:type.${type}`)])}
      />
      <SelectFilter
        filters={filters}
        name="sort"
        label={t('desk:queue.sort')}
        first={t('operations-desk:queue.sort.oldest')}
        choices={(['newest', 'due'] as const).map((sort) => [sort, t(`operations-desk:queue.sort.${sort}`)])}
      />
    </search>
  );
}

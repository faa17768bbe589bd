import { operatorTypes } from '@rnoce/schemas/operator-types';
import { useT } from '@rnoce/ui/i18n';
import type { RefObject } from 'react';
import type { ListFilters } from '../../lists/list-filters.ts';
import { SearchBox } from '../../lists/search-box.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';

/** Search and filters of the queue. */
export function QueueFilters({
  filters,
  searchBox,
}: {
  filters: ListFilters;
  searchBox: RefObject<HTMLInputElement | null>;
}) {
  const t = useT();
  return (
    <search className="backoffice-filters rnoce-no-print">
      <SearchBox
        filters={filters}
        label={t('desk:queue.search')}
        hint={t('desk:queue.search-hint')}
        box={searchBox}
      />
      <SelectFilter
        filters={filters}
        name="operatorType"
        label={t('reference:company.operatorType')}
        first={t('desk:queue.all-types')}
        choices={operatorTypes.map((type) => [type, t(`reference:operator-type.${type}`)])}
      />
      <SelectFilter
        filters={filters}
        name="held"
        label={t('desk:queue.holder')}
        first={t('desk:queue.held.all')}
        choices={(['mine', 'nobody', 'others'] as const).map((held) => [held, t(`desk:queue.held.${held}`)])}
      />
      <SelectFilter
        filters={filters}
        name="sort"
        label={t('desk:queue.sort')}
        first={t('desk:queue.sort.oldest')}
        choices={(['newest', 'due'] as const).map((sort) => [sort, t(`desk:queue.sort.${sort}`)])}
      />
    </search>
  );
}

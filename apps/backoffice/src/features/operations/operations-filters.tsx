import { customsRequestTypes } from '@rnoce/schemas/customs-account';
import { useT } from '@rnoce/ui/i18n';
import type { ListFilters } from '../../lists/list-filters.ts';
import { SelectFilter } from '../../lists/select-filter.tsx';

/** The filters of the queue of operations beside its search. */
export function OperationsFilters({ filters }: { filters: ListFilters }) {
  const t = useT();
  return (
    <>
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
    </>
  );
}

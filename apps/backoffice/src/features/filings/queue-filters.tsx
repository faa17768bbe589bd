import { operatorTypes } from '@rnoce/schemas/operator-types';
import { useT } from '@rnoce/ui/i18n';
import type { ListFilters } from '../../lists/list-filters.ts';
import { SelectFilter } from '../../lists/select-filter.tsx';

/** The filters of the queue beside its search. */
export function QueueFilters({ filters }: { filters: ListFilters }) {
  const t = useT();
  return (
    <>
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
    </>
  );
}

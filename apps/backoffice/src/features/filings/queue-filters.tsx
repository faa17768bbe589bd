import { operatorTypes } from '@rnoce/schemas/operator-types';
import { useT } from '@rnoce/ui/i18n';
import { type RefObject, useCallback } from 'react';
import { SearchBox } from '../../lists/search-box.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';
import type { Filter } from './queue-address.ts';

/** Search and filters of the queue; each change goes into the address. */
export function QueueFilters({
  search,
  onChange,
  searchBox,
}: {
  search: URLSearchParams;
  onChange: (name: Filter, value: string) => void;
  searchBox: RefObject<HTMLInputElement | null>;
}) {
  const t = useT();
  const onSearch = useCallback((wanted: string) => onChange('q', wanted), [onChange]);
  const choices = {
    operatorType: operatorTypes.map((type) => [type, t(`reference:operator-type.${type}`)] as const),
    held: (['mine', 'nobody', 'others'] as const).map(
      (held) => [held, t(`backoffice:queue.held.${held}`)] as const,
    ),
    sort: (['newest', 'due'] as const).map((sort) => [sort, t(`backoffice:queue.sort.${sort}`)] as const),
  };
  const select = (name: keyof typeof choices, label: string, first: string) => (
    <SelectFilter
      label={label}
      first={first}
      value={search.get(name) ?? ''}
      choices={choices[name]}
      onChange={(value) => onChange(name, value)}
    />
  );
  return (
    <search className="backoffice-filters rnoce-no-print">
      <SearchBox
        label={t('backoffice:queue.search')}
        hint={t('backoffice:queue.search-hint')}
        asked={search.get('q') ?? ''}
        onSearch={onSearch}
        box={searchBox}
      />
      {select('operatorType', t('reference:company.operatorType'), t('backoffice:queue.all-types'))}
      {select('held', t('backoffice:queue.holder'), t('backoffice:queue.held.all'))}
      {select('sort', t('backoffice:queue.sort'), t('backoffice:queue.sort.oldest'))}
    </search>
  );
}

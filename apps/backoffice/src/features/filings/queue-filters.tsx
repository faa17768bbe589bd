import { operatorTypes } from '@rnoce/schemas/operator-types';
import { useT } from '@rnoce/ui/i18n';
import { IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect, useState } from 'react';
import type { Filter } from './queue-address.ts';

/** Time without a key after which a search begins, in milliseconds. */
const pause = 250;

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
  const asked = search.get('q') ?? '';
  const [typed, setTyped] = useState(asked);
  const [shown, setShown] = useState(asked);
  // The address changed by other means, back or forward say: the box follows it.
  if (shown !== asked) {
    setShown(asked);
    if (typed.trim() !== asked) setTyped(asked);
  }
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === asked) return;
    const timer = setTimeout(() => onChange('q', wanted), pause);
    return () => clearTimeout(timer);
  }, [typed, asked, onChange]);
  const choices = {
    operatorType: operatorTypes.map((type) => [type, t(`reference:operator-type.${type}`)] as const),
    held: (['mine', 'nobody', 'others'] as const).map(
      (held) => [held, t(`backoffice:queue.held.${held}`)] as const,
    ),
    sort: (['newest', 'due'] as const).map((sort) => [sort, t(`backoffice:queue.sort.${sort}`)] as const),
  };
  const select = (name: keyof typeof choices, label: string, first: string) => (
    <label className="backoffice-filter">
      <span>{label}</span>
      <select
        className="rnoce-input"
        value={search.get(name) ?? ''}
        onChange={(event) => onChange(name, event.currentTarget.value)}
      >
        <option value="">{first}</option>
        {choices[name].map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <search className="backoffice-filters rnoce-no-print">
      <label className="backoffice-filter backoffice-filter-search">
        <span>{t('backoffice:queue.search')}</span>
        <span className="rnoce-input-box">
          <IconSearch className="rnoce-icon" aria-hidden />
          <input
            ref={searchBox}
            type="search"
            className="rnoce-input"
            value={typed}
            dir="auto"
            maxLength={100}
            placeholder={t('backoffice:queue.search-hint')}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </span>
      </label>
      {select('operatorType', t('reference:company.operatorType'), t('backoffice:queue.all-types'))}
      {select('held', t('backoffice:queue.holder'), t('backoffice:queue.held.all'))}
      {select('sort', t('backoffice:queue.sort'), t('backoffice:queue.sort.oldest'))}
    </search>
  );
}

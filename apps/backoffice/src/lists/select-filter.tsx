import { Select } from '@rnoce/ui/select';
import type { ListFilters } from './list-filters.ts';

/** A filter with few values; `first` is what no value means. */
export function SelectFilter({
  filters: { search, change },
  name,
  label,
  first,
  choices,
}: {
  filters: ListFilters;
  name: string;
  label: string;
  first: string;
  choices: readonly (readonly [value: string, text: string])[];
}) {
  return (
    <label className="backoffice-filter">
      <span>{label}</span>
      <Select value={search.get(name) ?? ''} onChange={(event) => change(name, event.currentTarget.value)}>
        <option value="">{first}</option>
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </Select>
    </label>
  );
}

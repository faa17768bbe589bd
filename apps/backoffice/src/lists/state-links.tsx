import { formatCount } from '@rnoce/i18n';
import { LinkTabs } from '@rnoce/ui/link-tabs';
import { Link } from 'react-router';
import { withFilter } from './list-address.ts';

interface ListState {
  /** As the address says it; the first state is also what no value means. */
  readonly value: string;
  readonly text: string;
  /** How many there are; none is shown until it is known. */
  readonly count?: number | undefined;
  /** More about the count. */
  readonly title?: string | undefined;
}

/** The states of a list's rows, one of which is chosen, each with how many there are. */
export function StateLinks({
  search,
  name,
  label,
  states,
  chosen,
}: {
  search: URLSearchParams;
  /** The filter that a state is. */
  name: string;
  label: string;
  states: readonly ListState[];
  chosen: string;
}) {
  return (
    <LinkTabs label={label}>
      {states.map(({ value, text, count, title }, index) => (
        <Link
          key={value}
          to={{ search: withFilter(search, name, index === 0 ? '' : value).toString() }}
          aria-current={value === chosen ? 'page' : undefined}
        >
          {text}
          {count === undefined ? null : (
            <span className="backoffice-count rnoce-tabular" title={title}>
              {formatCount(count)}
            </span>
          )}
        </Link>
      ))}
    </LinkTabs>
  );
}

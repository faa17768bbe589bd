import { IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ListFilters } from './list-filters.ts';

/** Time without a key after which a search begins, in milliseconds. */
const pause = 250;

/** A search that begins by itself when one stops typing. */
export function SearchBox({
  filters: { search, change },
  label,
  hint,
  box,
}: {
  filters: ListFilters;
  label: string;
  hint: string;
  box: RefObject<HTMLInputElement | null>;
}) {
  const asked = search.get('q') ?? '';
  const [typed, setTyped] = useState(asked);
  const [shown, setShown] = useState(asked);
  // The address changed by other means, back or forward say: the box follows it.
  if (shown !== asked) {
    setShown(asked);
    if (typed.trim() !== asked) setTyped(asked);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === asked) return;
    timer.current = setTimeout(() => change('q', wanted), pause);
    return () => clearTimeout(timer.current);
  }, [typed, asked, change]);
  return (
    <label className="backoffice-filter backoffice-filter-search">
      <span>{label}</span>
      <span className="rnoce-input-box">
        <IconSearch className="rnoce-icon" aria-hidden />
        <input
          ref={box}
          type="search"
          className="rnoce-input"
          value={typed}
          dir="auto"
          maxLength={100}
          placeholder={hint}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={({ relatedTarget }) => {
            // Who follows a link before the search has begun isn't brought back by it.
            if (relatedTarget instanceof HTMLAnchorElement) clearTimeout(timer.current);
          }}
        />
      </span>
    </label>
  );
}

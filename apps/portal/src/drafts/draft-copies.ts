/** A copy on this device of what isn't saved yet, so that a crash of the browser or of the server loses nothing. */
import { copiesKeptForMs } from '@rnoce/shell/unsaved';
import type { PartOf } from './draft-store.ts';

interface DraftCopy<T> {
  /** What was typed. */
  readonly data: T;
  /** What the server held when it was typed: tells a later change elsewhere from none. */
  readonly base: T;
}

export interface DraftCopies<P extends object> {
  readonly read: (section: PartOf<P>) => DraftCopy<P[PartOf<P>]> | undefined;
  readonly keep: (section: PartOf<P>, copy: DraftCopy<P[PartOf<P>]>) => void;
  readonly remove: (section: PartOf<P>) => void;
  /** The page is left: another tab may take up at once what it could not save. */
  readonly leave: () => void;
}

const prefix = 'rnoce_draft';

/** `left`: its tab was closed with this unsaved; any tab may take it up at once. */
type Stored<T = unknown> = DraftCopy<T> & { readonly at: number; readonly left?: true };

function parse(text: string | null): Stored | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const whole =
      typeof value === 'object' && value !== null && 'data' in value && 'base' in value && 'at' in value;
    return whole ? (value as Stored) : undefined;
  } catch {
    return undefined;
  }
}

/** A copy of another tab that wasn't left properly is that of a crash once it is older than this, in milliseconds: a living tab saves by itself. */
const otherTabsMs = 60_000;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const attempt = <T>(action: () => T): T | undefined => {
  try {
    return action();
  } catch {
    return undefined;
  }
};

const noStorage: Store = {
  getItem: () => null,
  setItem: () => {},
  removeItem: () => {},
  key: () => null,
  length: 0,
};

/** The browser's storage, or one that keeps nothing where even asking for it is forbidden. */
export const storageOf = (open: () => Storage): Store => attempt(open) ?? noStorage;

const keysUnder = (storage: Store, start: string): string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(start),
  );

/**
 * The copies of one draft in `storage`, each tab's its own. A browser that forbids or fills its storage keeps no copy: the
 * form works all the same. `tab` is the same after a reload; `now` gives milliseconds since 1970.
 */
export function draftCopies<P extends object>(
  storage: Store,
  draft: string,
  { tab, now }: { readonly tab: string; readonly now: () => number },
): DraftCopies<P> {
  const startOf = (section: PartOf<P>) => `${prefix}.${draft}.${section}.`;
  const keyOf = (section: PartOf<P>) => `${startOf(section)}${tab}`;
  /** Copies of tabs that are gone, taken up here: they go once what they hold is saved. */
  const taken = new Map<PartOf<P>, string>();

  const readable = (key: string): (Stored & { readonly key: string }) | undefined => {
    const stored = parse(storage.getItem(key));
    if (stored && now() - stored.at <= copiesKeptForMs) return { ...stored, key };
    storage.removeItem(key);
    return undefined;
  };
  const find = (section: PartOf<P>) => {
    const own = readable(keyOf(section));
    if (own) return own;
    return keysUnder(storage, startOf(section))
      .map(readable)
      .filter((copy) => copy !== undefined)
      .filter(({ at, left }) => left === true || now() - at > otherTabsMs)
      .toSorted((a, b) => b.at - a.at)[0];
  };
  return {
    read: (section) => {
      const copy = attempt(() => find(section));
      if (!copy) return undefined;
      taken.set(section, copy.key);
      return { data: copy.data as P[PartOf<P>], base: copy.base as P[PartOf<P>] };
    },
    keep: (section, copy) => {
      attempt(() => storage.setItem(keyOf(section), JSON.stringify({ ...copy, at: now() })));
    },
    remove: (section) => {
      const keys = [keyOf(section), taken.get(section)].filter((key) => key !== undefined);
      taken.delete(section);
      attempt(() => keys.forEach((key) => storage.removeItem(key)));
    },
    leave: () => {
      attempt(() => {
        for (const key of keysUnder(storage, `${prefix}.${draft}.`).filter((one) =>
          one.endsWith(`.${tab}`),
        )) {
          const stored = readable(key);
          if (stored) storage.setItem(key, JSON.stringify({ ...stored, left: true }));
        }
      });
    },
  };
}

/** Forgets every copy of a draft, whichever tab made it: it was sent or deleted. */
export function forgetCopies(storage: Store, draft: string): void {
  attempt(() => {
    for (const key of keysUnder(storage, `${prefix}.${draft}.`)) storage.removeItem(key);
  });
}

/** This tab's name among the others; a reload keeps it. */
export function tabName(storage: Pick<Storage, 'getItem' | 'setItem'>, make: () => string): string {
  const key = `${prefix}_tab`;
  const known = attempt(() => storage.getItem(key));
  if (known) return known;
  const name = make();
  attempt(() => storage.setItem(key, name));
  return name;
}

/** A copy on this device of what isn't saved yet, so that a crash of the browser or of the server loses nothing. */
import { type Section, Section as SectionSchema, type SectionsDraft } from '@rnoce/schemas/sections';

export interface DraftCopy<S extends Section = Section> {
  /** What was typed. */
  readonly data: SectionsDraft[S];
  /** What the server held when it was typed: tells a later change elsewhere from none. */
  readonly base: SectionsDraft[S];
}

export interface DraftCopies {
  readonly read: (section: Section) => DraftCopy | undefined;
  readonly keep: (section: Section, copy: DraftCopy) => void;
  readonly remove: (section: Section) => void;
}

const prefix = 'rnoce_draft';

/** Copies older than a week are people's data that nobody came back for. */
const keptForMs = 7 * 24 * 3600 * 1000;

type Stored = DraftCopy & { readonly at: number };

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

/**
 * The copies of one subscription in `storage`. A browser that forbids or fills its storage keeps no copy: the form works all
 * the same. `now` gives milliseconds since 1970.
 */
export function draftCopies(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  subscription: string,
  now: () => number,
): DraftCopies {
  const keyOf = (section: Section) => `${prefix}.${subscription}.${section}`;
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch {
      return undefined;
    }
  };
  const remove = (section: Section) => {
    attempt(() => storage.removeItem(keyOf(section)));
  };
  return {
    read: (section) => {
      const stored = parse(attempt(() => storage.getItem(keyOf(section))) ?? null);
      if (!stored) return undefined;
      if (now() - stored.at <= keptForMs) return { data: stored.data, base: stored.base };
      remove(section);
      return undefined;
    },
    keep: (section, copy) => {
      attempt(() => storage.setItem(keyOf(section), JSON.stringify({ ...copy, at: now() })));
    },
    remove,
  };
}

/** Forgets every copy of a subscription: it was sent or deleted. */
export function forgetCopies(copies: DraftCopies): void {
  for (const section of SectionSchema.options) copies.remove(section);
}

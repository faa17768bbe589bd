import { ReasonCause } from '@rnoce/schemas/filings';

/** A refusal that is being written and that the verdict doesn't hold yet; without an item it is about the whole dossier. */
export interface UnkeptRefusal {
  readonly item: string | undefined;
  readonly cause: ReasonCause | undefined;
  readonly text: string;
}

export interface UnkeptRefusals {
  readonly list: () => readonly UnkeptRefusal[];
  readonly watch: (watcher: () => void) => () => void;
  /** Keeps what is written about an item, in the place of what was; an empty text keeps nothing. */
  readonly write: (refusal: UnkeptRefusal) => void;
  /** What was written about an item has gone into the verdict, or was given up. */
  readonly drop: (item: string | undefined) => void;
  readonly dropAll: () => void;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Whether a string names something that can be refused. */
export type IsItem = (item: string) => boolean;

function parseRefusal(value: unknown, isItem: IsItem): UnkeptRefusal[] {
  if (typeof value !== 'object' || value === null) return [];
  const { item, cause, text }: { item?: unknown; cause?: unknown; text?: unknown } = value;
  if (typeof text !== 'string') return [];
  if (item !== undefined && !(typeof item === 'string' && isItem(item))) return [];
  return [{ item, cause: ReasonCause.safeParse(cause).data, text }];
}

function read(storage: Storage, key: string, isItem: IsItem): readonly UnkeptRefusal[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.flatMap((one) => parseRefusal(one, isItem)) : [];
  } catch {
    return [];
  }
}

/**
 * The refusals that an agent has begun on a dossier. They outlive the form they are typed in, which closes when a colleague takes or decides
 * the dossier or when the agent looks at something else, and a reload of the tab; signing out empties the tab's storage.
 */
export function createUnkeptRefusals(storage: Storage, key: string, isItem: IsItem): UnkeptRefusals {
  let refusals = read(storage, key, isItem);
  const watchers = new Set<() => void>();
  const set = (next: readonly UnkeptRefusal[]) => {
    refusals = next;
    try {
      if (next.length === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage forbidden or full: what was typed then lives as long as the page.
    }
    for (const watcher of watchers) watcher();
  };
  const others = (item: string | undefined) => refusals.filter((refusal) => refusal.item !== item);
  return {
    list: () => refusals,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    write: (refusal) => {
      const rest = others(refusal.item);
      set(refusal.text.trim() === '' ? rest : [...rest, refusal]);
    },
    drop: (item) => {
      if (refusals.some((refusal) => refusal.item === item)) set(others(item));
    },
    dropAll: () => set([]),
  };
}

/** Keeps the texts of reasons that leave the verdict, each after what was being written about the same item. */
export function setAside(refusals: UnkeptRefusals, reasons: readonly UnkeptRefusal[]): void {
  for (const { item, cause, text } of reasons) {
    const before = refusals.list().find((refusal) => refusal.item === item);
    refusals.write({ item, cause, text: before ? `${before.text}\n${text}` : text });
  }
}

import { RequestReason } from '@rnoce/schemas/customs-request-reasons';
import { nothingSaid, type RequestVerdict } from './request-verdict.ts';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface RequestVerdictStore {
  readonly verdict: () => RequestVerdict;
  readonly watch: (watcher: () => void) => () => void;
  readonly change: (update: (verdict: RequestVerdict) => RequestVerdict) => void;
  /** It was sent, or given up. */
  readonly drop: () => void;
}

function parseVerdict(kept: unknown): RequestVerdict {
  if (typeof kept !== 'object' || kept === null) return nothingSaid;
  const { accepted, reasons }: { accepted?: unknown; reasons?: unknown } = kept;
  const words = typeof accepted === 'object' && accepted !== null ? Object.entries(accepted) : [];
  return {
    accepted: Object.fromEntries(
      words.filter((word): word is [string, string] => typeof word[1] === 'string'),
    ),
    reasons: (Array.isArray(reasons) ? reasons : []).flatMap((reason: unknown) => {
      const read = RequestReason.safeParse(reason);
      return read.success ? [read.data] : [];
    }),
  };
}

function read(storage: Storage, key: string): RequestVerdict {
  try {
    return parseVerdict(JSON.parse(storage.getItem(key) ?? 'null'));
  } catch {
    return nothingSaid;
  }
}

/** A verdict in preparation on a request. It outlives the page and a reload of the tab; signing out empties the tab's storage. */
export function createRequestVerdictStore(storage: Storage, key: string): RequestVerdictStore {
  let verdict = read(storage, key);
  const watchers = new Set<() => void>();
  const set = (next: RequestVerdict) => {
    verdict = next;
    try {
      if (next === nothingSaid) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage forbidden or full: the verdict then lives as long as the page.
    }
    for (const watcher of watchers) watcher();
  };
  return {
    verdict: () => verdict,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    change: (update) => set(update(verdict)),
    drop: () => set(nothingSaid),
  };
}

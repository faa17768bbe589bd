/**
 * Idempotency keys: the same wish, sent again because no answer came, keeps its key through a reload, so that it is done once.
 * One key a wish; a wish that was answered is forgotten.
 */
const entryOf = (intent: string): string => `rnoce_intent:${intent}`;

/** 128 random bits. `crypto.randomUUID` is missing on an address without TLS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Kept beside the storage, which the browser may forbid. */
const kept = new Map<string, string>();

export interface Wish {
  readonly key: string;
  /** The wish was answered: the next one like it is another. */
  readonly done: () => void;
}

/** The key of a wish, given by all that it says: its address and its body. */
export function wish(...what: readonly unknown[]): Wish {
  const entry = entryOf(JSON.stringify(what));
  let key = kept.get(entry);
  try {
    key ??= window.sessionStorage.getItem(entry) ?? undefined;
    key ??= newKey();
    window.sessionStorage.setItem(entry, key);
  } catch {
    key ??= newKey();
  }
  kept.set(entry, key);
  return {
    key,
    done: () => {
      kept.delete(entry);
      try {
        window.sessionStorage.removeItem(entry);
      } catch {
        // It was never stored.
      }
    },
  };
}

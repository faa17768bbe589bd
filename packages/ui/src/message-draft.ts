/** A message being written, kept in the browser until it is sent: a reload, a crash or a lost network loses nothing of it. */

/** Older ones are the words of somebody who didn't come back for them. */
const keptForMs = 7 * 24 * 3600 * 1000;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface MessageDraft {
  /** What was written and not sent; empty when there is nothing, or when the browser forbids its storage. */
  readonly read: () => string;
  readonly keep: (text: string) => void;
}

const attempt = <T>(action: () => T): T | undefined => {
  try {
    return action();
  } catch {
    return undefined;
  }
};

function parse(stored: string | null): { text: string; at: number } | undefined {
  const value: unknown = attempt(() => JSON.parse(stored ?? 'null'));
  if (typeof value !== 'object' || value === null || !('text' in value) || !('at' in value)) return undefined;
  return typeof value.text === 'string' && typeof value.at === 'number'
    ? { text: value.text, at: value.at }
    : undefined;
}

/**
 * The draft of one thread and one reader, by the name of its place in the storage.
 *
 * @param open gives the storage; throws where the browser forbids it
 * @param now milliseconds since 1970
 */
export function messageDraft(name: string, open: () => Store, now: () => number): MessageDraft {
  return {
    read: () => {
      const kept = attempt(() => parse(open().getItem(name)));
      if (kept && now() - kept.at <= keptForMs) return kept.text;
      attempt(() => open().removeItem(name));
      return '';
    },
    keep: (text) => {
      attempt(() => {
        if (text === '') open().removeItem(name);
        else open().setItem(name, JSON.stringify({ text, at: now() }));
      });
    },
  };
}

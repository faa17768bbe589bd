import { ApiError } from '@rnoce/api-client/api-error';

interface Attempt {
  readonly body: string;
  readonly key: string;
}

/** Where an attempt without an answer is kept: in memory, or in the browser's storage to outlive the page. */
export interface AttemptStore {
  readonly read: () => Attempt | undefined;
  readonly write: (attempt: Attempt | undefined) => void;
}

function memoryStore(): AttemptStore {
  let current: Attempt | undefined;
  return { read: () => current, write: (attempt) => (current = attempt) };
}

const parse = (text: string): Attempt | undefined => {
  const value: unknown = JSON.parse(text);
  const whole = typeof value === 'object' && value !== null && 'body' in value && 'key' in value;
  return whole ? (value as Attempt) : undefined;
};

/** Keeps the attempt under a name of `open()`'s storage; where the browser forbids it, as long as the page lives. */
export function storedAttempt(
  name: string,
  open: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): AttemptStore {
  const memory = memoryStore();
  return {
    read: () => {
      try {
        return parse(open().getItem(name) ?? 'null') ?? memory.read();
      } catch {
        return memory.read();
      }
    },
    write: (attempt) => {
      memory.write(attempt);
      try {
        // It holds what was typed: its age tells when nobody comes back for it (`session/unsaved.ts`).
        if (attempt) open().setItem(name, JSON.stringify({ ...attempt, at: Date.now() }));
        else open().removeItem(name);
      } catch {
        // See above.
      }
    },
  };
}

/**
 * The idempotency key of what is being attempted: the same as long as the same body is sent and no answer has come, so that a
 * second try after a lost answer creates nothing twice. An answer, or another body, starts another attempt.
 */
export function createAttempts(
  newKey: () => string = () => crypto.randomUUID(),
  store: AttemptStore = memoryStore(),
) {
  return {
    keyFor(body: unknown): string {
      const text = JSON.stringify(body);
      const before = store.read();
      if (before?.body === text) return before.key;
      const key = newKey();
      store.write({ body: text, key });
      return key;
    },
    /** Tells how the attempt ended; undefined for a success. */
    end(error?: unknown): void {
      const unanswered =
        error instanceof ApiError &&
        (error.status === 0 || error.status >= 500 || error.code === 'request_running');
      if (!unanswered) store.write(undefined);
    },
  };
}

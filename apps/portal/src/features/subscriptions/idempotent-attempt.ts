import { ApiError } from '@rnoce/api-client/api-error';

/**
 * The idempotency key of what is being attempted: the same as long as the same body is sent and no answer has come, so that a
 * second try after a lost answer creates nothing twice. An answer, or another body, starts another attempt.
 */
export function createAttempts(newKey: () => string = () => crypto.randomUUID()) {
  let current: { readonly body: string; readonly key: string } | undefined;
  return {
    keyFor(body: unknown): string {
      const text = JSON.stringify(body);
      if (current?.body !== text) current = { body: text, key: newKey() };
      return current.key;
    },
    /** Tells how the attempt ended; undefined for a success. */
    end(error?: unknown): void {
      const unanswered =
        error instanceof ApiError &&
        (error.status === 0 || error.status >= 500 || error.code === 'request_running');
      if (!unanswered) current = undefined;
    },
  };
}

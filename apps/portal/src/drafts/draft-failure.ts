/** What a failed save means for the draft: wait and try again, ask to sign in, compare, stop, or tell. */
export type SaveFailure = 'offline' | 'unavailable' | 'signed_out' | 'stale' | 'closed' | 'refused';

interface Failed {
  readonly status: number;
  readonly code?: unknown;
}

const isFailed = (error: unknown): error is Failed =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number';

/** Sorts a failure by the API's answer. What isn't an answer at all is taken for a lost connection. */
export function failureOf(error: unknown): SaveFailure {
  if (!isFailed(error) || error.status === 0) return 'offline';
  const { status, code } = error;
  if (status === 401) return 'signed_out';
  if (status === 412) return 'stale';
  if (status === 404 || code === 'subscription_not_editable' || code === 'request_not_editable')
    return 'closed';
  if (status === 408 || status === 429 || status >= 500) return 'unavailable';
  return 'refused';
}

/** Milliseconds before try number `attempt` (from 1): doubled each time, from one second to thirty, never less than the server asked. */
export const retryDelay = (attempt: number, retryAfterSeconds = 0): number =>
  Math.max(Math.min(1000 * 2 ** (attempt - 1), 30_000), retryAfterSeconds * 1000);

import type { Route } from '@rnoce/schemas/contract';
import { ApiError } from './api-error.ts';
import type { CallInput } from './call.ts';

export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly tries: number;
  /** Most milliseconds before the second try; twice as many before each one after. */
  readonly firstWaitMs: number;
  /** Most milliseconds before any try, when the API says nothing of it. */
  readonly longestWaitMs: number;
  /** Longest `Retry-After` that is waited for, in milliseconds; beyond, the error is thrown at once. */
  readonly longestRetryAfterMs: number;
  /** From 0 to 1: spreads the tries of many programs that failed together. */
  readonly random: () => number;
  /** Waits; rejects when the caller gives up. */
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

const pause = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer);
      reject(new ApiError({ status: 0, code: 'aborted', cause: signal?.reason }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    }, milliseconds);
    if (signal?.aborted) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
  });

/** Half a minute in all at the most, when the API names no time of its own. A window of the rate limit (60 s) is waited for. */
export const usualRetries: RetryPolicy = {
  tries: 5,
  firstWaitMs: 500,
  longestWaitMs: 20_000,
  longestRetryAfterMs: 90_000,
  random: Math.random,
  wait: pause,
};

/** Answers of a proxy or of the API that another try may change. */
const passingStatuses: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

const mayPass = ({ status, code }: ApiError): boolean =>
  code === 'offline' || code === 'timeout' || code === 'request_running' || passingStatuses.includes(status);

/** Whether doing it twice is doing it once (RFC 9110, 9.2.2; spec/api.md, Conventions). */
function isRepeatable(route: Route, { version, idempotencyKey }: CallInput<Route>): boolean {
  if (route.method === 'GET') return true;
  if (route.idempotent) return idempotencyKey !== undefined;
  // Under `If-Match` the second try of a write whose answer was lost would be told 412 because of the first.
  return (route.method === 'PUT' || route.method === 'DELETE') && version === undefined;
}

/** Milliseconds before the next try; undefined when it would be too long. */
function waitOf(policy: RetryPolicy, tried: number, { retryAfter }: ApiError): number | undefined {
  const most = Math.min(policy.firstWaitMs * 2 ** (tried - 1), policy.longestWaitMs);
  const chosen = Math.round((most * (1 + policy.random())) / 2);
  if (retryAfter === undefined) return chosen;
  const asked = retryAfter * 1000;
  // Never before the time that the API named; a little after it, each program by another time.
  return asked > policy.longestRetryAfterMs
    ? undefined
    : asked + Math.round(policy.firstWaitMs * policy.random());
}

/**
 * Makes a call, again when it failed by something that passes and can be made twice without harm. What was refused before it began (429)
 * is tried again whatever it is.
 *
 * @throws ApiError the last try's
 */
export async function withRetries<T>(
  policy: RetryPolicy,
  route: Route,
  input: CallInput<Route>,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError) || tried >= policy.tries || !mayPass(error)) throw error;
      if (error.status !== 429 && !isRepeatable(route, input)) throw error;
      const milliseconds = waitOf(policy, tried, error);
      if (milliseconds === undefined) throw error;
      await policy.wait(milliseconds, input.signal);
    }
  }
}

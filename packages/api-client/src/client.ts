import { type Client, type ConnectionOptions, connect } from './call.ts';
import { type RetryPolicy, usualRetries, withRetries } from './retry.ts';

export interface ClientOptions extends ConnectionOptions {
  /** The integrator's key, `rnoce_…`: read it from the environment or a vault, never write it into a program. */
  readonly key: string;
  /** What differs from `usualRetries`; false: nothing is tried twice. */
  readonly retry?: false | Partial<RetryPolicy>;
}

/**
 * Makes a client for an integrator's program. What fails by something that passes (no connection, no answer in time, 429, 5xx) is tried again
 * where that is safe. A route that takes an `Idempotency-Key` gets one, the same for every try of a call; give your own where a program that
 * died and started again must not do it twice.
 */
export function createClient(options: ClientOptions): Client {
  const { key, retry = {} } = options;
  const policy: RetryPolicy = { ...usualRetries, ...(retry === false ? { tries: 1 } : retry) };
  const { url, request, read } = connect(options, {
    // A redirection is an error, and never takes the key elsewhere; `error` isn't known to every worker.
    redirect: 'manual',
    headers: { authorization: `Bearer ${key}` },
  });
  return {
    url,
    call: (route, input) => {
      const named =
        route.idempotent && input.idempotencyKey === undefined
          ? { ...input, idempotencyKey: crypto.randomUUID() }
          : input;
      return withRetries(policy, route, named, async () =>
        read(route, await request(route, named), named.signal),
      );
    },
  };
}

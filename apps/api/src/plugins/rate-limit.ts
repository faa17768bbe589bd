import rateLimit from '@fastify/rate-limit';
import { sql } from 'drizzle-orm';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Database } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { ProblemError } from './problems.ts';
import { createSharedCounters } from './shared-counters.ts';

type Counted = (error: Error | null, result?: { current: number; ttl: number }) => void;

/** A store that every process shares: one row a key and window in PostgreSQL. */
function sharedStore(database: Database) {
  return class SharedStore {
    #route = '';

    incr(key: string, counted: Counted, windowMs: number): void {
      const window = sql`make_interval(secs => ${windowMs / 1000})`;
      database
        .execute<{ count: number; ttl: number }>(
          sql`insert into rate_limits as r (key, count, expires_at) values (${`${this.#route} ${key}`}, 1, now() + ${window})
              on conflict (key) do update set
                count = case when r.expires_at <= now() then 1 else r.count + 1 end,
                expires_at = case when r.expires_at <= now() then now() + ${window} else r.expires_at end
              returning count, ceil(extract(epoch from (expires_at - now())) * 1000)::int as ttl`,
        )
        .then(({ rows: [row] }) => {
          counted(null, { current: row?.count ?? 1, ttl: row?.ttl ?? windowMs });
        })
        .catch((error: unknown) => {
          counted(error instanceof Error ? error : new Error(String(error)));
        });
    }

    child(options: object): SharedStore {
      // The plugin's declarations put method and path beside `routeInfo`; what it passes has them inside.
      const { routeInfo } = options as { routeInfo: { method: string | string[]; url: string } };
      const store = new SharedStore();
      // Fastify makes a route of its own to answer HEAD, by the same work.
      const method = String(routeInfo.method);
      store.#route = `${method === 'HEAD' ? 'GET' : method} ${routeInfo.url}`;
      return store;
    }
  };
}

/**
 * Limits the routes whose contract says so, per address. `X-Forwarded-For` counts only from the trusted proxies
 * (`trustProxy`), so a spoofed one changes nothing. IPv6 addresses count by their /64.
 */
export async function limitRates(app: FastifyInstance, { environment, database }: Deps): Promise<void> {
  if (!environment.RATE_LIMITS) return;
  await app.register(rateLimit, {
    global: false,
    store: sharedStore(database),
    // Heeded by the plugin's own key alone, which is the address.
    ipv6Subnet: 64,
    errorResponseBuilder: (_request, { ttl }) =>
      new ProblemError('rate_limited', {
        retryAfterSeconds: ttl / 1000,
        params: { seconds: Math.ceil(ttl / 1000) },
      }),
  });
}

const keySeconds = 60;

/**
 * What a key may ask in a minute, counted by every process together; each answer tells what is left of it
 * (draft-ietf-httpapi-ratelimit-headers). Where limits are off, it is told all the same and refuses nothing.
 */
export function createKeyBudget({ environment, database, now, log }: Deps) {
  const quota = environment.INTEGRATOR_REQUESTS_PER_MINUTE;
  const counters = createSharedCounters({
    database,
    now,
    nameInTable: (keyId) => `key ${keyId}`,
    onError: (error) => log.warn({ err: error }, 'the counters of keys were not exchanged'),
  });
  return {
    /** Counts a request of a key. Throws `rate_limited` beyond its share. */
    spend: async (keyId: string, reply: FastifyReply): Promise<void> => {
      const window = { key: keyId, seconds: keySeconds };
      await counters.refresh([window]);
      const { count, secondsLeft } = counters.add(window, 1);
      const seconds = Math.min(keySeconds, Math.ceil(secondsLeft));
      reply.headers({
        'ratelimit-policy': `"key";q=${String(quota)};w=${String(keySeconds)}`,
        ratelimit: `"key";r=${String(Math.max(0, quota - count))};t=${String(seconds)}`,
      });
      if (environment.RATE_LIMITS && count > quota)
        throw new ProblemError('rate_limited', { retryAfterSeconds: seconds, params: { seconds } });
    },
    close: counters.close,
  };
}

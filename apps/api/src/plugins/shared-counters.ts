import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';

/** How long what a process counted may be unknown to the others, in milliseconds. */
const syncMs = 500;
/** A process that heard nothing for longer asks before it answers. */
const staleMs = 5000;
/** Counters kept in memory; the others are in the table, and come back when they are touched. */
const maxKept = 20_000;

interface Counter {
  /** In the window, by every process, at the last exchange. */
  shared: number;
  /** By this process since then. */
  pending: number;
  /** End of the window, on this process's clock. */
  endsAt: number;
  touched: boolean;
}

export interface Window {
  readonly key: string;
  readonly seconds: number;
}

interface CounterDeps {
  readonly database: Database;
  readonly now: () => Date;
  /** What the table calls a key: it keeps no address. */
  readonly nameInTable: (key: string) => string;
  readonly onError: (error: unknown) => void;
}

/**
 * Counters that every process shares in `rate_limits`, exchanged in batches: counting costs the hot path nothing. A process knows its own
 * count exactly and the others' as of half a second ago, so that together they may pass a limit by what they count in that time.
 */
export function createSharedCounters({ database, now, nameInTable, onError }: CounterDeps) {
  const counters = new Map<string, Counter>();
  let syncedAt = 0;
  let exchanged = Promise.resolve();
  /** Asked for, and not begun. */
  let next: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const touch = ({ key, seconds }: Window): Counter => {
    const known = counters.get(key);
    const at = now().getTime();
    if (known) {
      if (known.endsAt <= at) Object.assign(known, { shared: 0, endsAt: at + seconds * 1000 });
      known.touched = true;
      return known;
    }
    const counter = { shared: 0, pending: 0, endsAt: at + seconds * 1000, touched: true };
    counters.set(key, counter);
    return counter;
  };

  const exchange = async (): Promise<void> => {
    const at = now().getTime();
    const sent = [...counters]
      .filter(([, { touched }]) => touched)
      .map(([key, counter]) => ({
        name: nameInTable(key),
        counter,
        count: counter.pending,
        seconds: Math.max(1, (counter.endsAt - at) / 1000),
      }));
    for (const { counter, count } of sent) {
      counter.touched = false;
      counter.pending -= count;
      counter.shared += count;
    }
    try {
      const { rows } = await database.execute<{ key: string; count: number; ms: number }>(sql`
        with given as (
          select * from unnest(
            ${sql.param(sent.map(({ name }) => name))}::text[], ${sql.param(sent.map(({ count }) => count))}::int[],
            ${sql.param(sent.map(({ seconds }) => seconds))}::float8[]) g(key, count, seconds)
        ), written as (
          insert into rate_limits as r (key, count, expires_at)
          select key, count, now() + make_interval(secs => seconds) from given where count <> 0 order by key
          on conflict (key) do update set
            count = case when r.expires_at <= now() then excluded.count else greatest(0, r.count + excluded.count) end,
            expires_at = case when r.expires_at <= now() then excluded.expires_at else r.expires_at end
          returning key, count, expires_at
        )
        select key, count, (extract(epoch from expires_at - now()) * 1000)::float8 as ms from written
        union all
        select r.key, r.count, (extract(epoch from r.expires_at - now()) * 1000)::float8 from rate_limits r join given g using (key)
        where g.count = 0 and r.expires_at > now()`);
      const named = new Map(sent.map(({ name, counter }) => [name, counter]));
      for (const { key, count, ms } of rows) {
        const counter = named.get(key);
        if (counter) Object.assign(counter, { shared: Math.max(0, count), endsAt: now().getTime() + ms });
      }
      syncedAt = now().getTime();
    } catch (error) {
      for (const { counter, count } of sent) {
        counter.touched = true;
        counter.pending += count;
        counter.shared -= count;
      }
      throw error;
    }
    for (const [key, { endsAt, pending, touched }] of counters)
      if (!touched && pending === 0 && (endsAt <= syncedAt || counters.size > maxKept)) counters.delete(key);
  };

  /** Tells the others what was counted here, and hears what they counted. */
  const sync = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    // One after the other: what was counted since the one under way began goes with the next, which is one for all who wait for it.
    next ??= exchanged
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return exchange();
      });
    exchanged = next;
    await exchanged;
  };

  const syncLater = (): void => {
    timer ??= setTimeout(() => {
      sync().catch(onError);
    }, syncMs).unref();
  };

  return {
    sync,
    /** Hears the others first, when that was long ago. `keys`: what the decision that follows depends on. */
    refresh: async (windows: readonly Window[]): Promise<void> => {
      for (const window of windows) touch(window);
      if (now().getTime() - syncedAt > staleMs) await sync();
    },
    /** Counts, and returns the count in the window with the seconds that are left of it. */
    add: (window: Window, amount: number): { count: number; secondsLeft: number } => {
      const counter = touch(window);
      counter.pending += amount;
      syncLater();
      return {
        count: counter.shared + counter.pending,
        secondsLeft: Math.max(1, (counter.endsAt - now().getTime()) / 1000),
      };
    },
    close: async (): Promise<void> => {
      if (timer) await sync();
    },
  };
}

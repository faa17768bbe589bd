import { createHmac } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { createSharedCounters, type Window } from '../../plugins/shared-counters.ts';
import { requireCaptcha } from '../configuration/captcha.ts';
import { networkOf } from '../sessions/sign-in-attempts.ts';

const lookupSeconds = 600;
const missSeconds = 3600;
/** Misses by a code alone, of everybody. */
const globalMisses: Window = { key: 'search misses', seconds: missSeconds };

interface Lookup {
  readonly address: string;
  readonly code: string;
  /** A number was given: who knows both has the invoice before them. */
  readonly withNumber: boolean;
  /** The solution of a challenge. */
  readonly captcha: string | undefined;
}
interface Admitted {
  /** It found something: it isn't the miss that it was counted as. */
  readonly takeBack: () => void;
}

const slowDown = (seconds: number) =>
  new ProblemError('rate_limited', { retryAfterSeconds: seconds, params: { seconds: Math.ceil(seconds) } });

/**
 * Keeps the 36⁴ codes from being walked (spec/payment.md, last paragraph). Each look-up counts as a miss before it is made, so that look-ups
 * made at once can't slip past, and is taken back when it finds something.
 *
 * - An address has so many look-ups in ten minutes, and so many misses in an hour.
 * - Everybody together has a budget of misses by a code alone. Past it, a code alone needs a proof of work; past the second, it waits.
 * - A code with a number spends neither look-ups nor the budget of everybody, and is never slowed by them. Wrong pairs of one address have
 *   an allowance of their own, ten times wider by default, after which that address waits.
 *
 * It doesn't cover wrong pairs from many addresses: a number that exists and every code tried with it, from thousands of networks.
 */
export function createSearchBudget(deps: Deps) {
  const { environment, database, now, log } = deps;
  /** Kept without the addresses and codes that they are about. */
  const hashed = (kind: string, ...whom: string[]): string =>
    createHmac('sha256', environment.SESSION_SECRET)
      .update(['search', kind, ...whom].join(' '))
      .digest('base64url');

  const counters = createSharedCounters({
    database,
    now,
    nameInTable: (key) => (key === globalMisses.key ? key : `search ${hashed('counter', key)}`),
    onError: (error) => log.warn({ err: error }, 'the counters of the search were not exchanged'),
  });

  const proveWork = async ({ code, captcha }: Lookup, network: string): Promise<void> => {
    if (captcha === undefined || captcha === '') throw new ProblemError('proof_of_work_missing');
    await requireCaptcha(deps, captcha, hashed('proof', network, code));
  };

  const judge = async (
    lookup: Lookup,
    network: string,
    reserve: (window: Window) => ReturnType<typeof counters.add>,
  ) => {
    const {
      SEARCH_ADDRESS_LOOKUPS,
      SEARCH_ADDRESS_MISSES,
      SEARCH_ADDRESS_PAIR_MISSES,
      SEARCH_MISSES,
      SEARCH_MISSES_MAX,
    } = environment;
    const lookups = { key: `lookups ${network}`, seconds: lookupSeconds };
    const misses = { key: `misses ${network}`, seconds: missSeconds };
    await counters.refresh(lookup.withNumber ? [misses] : [lookups, misses, globalMisses]);
    if (lookup.withNumber) {
      const wrong = reserve(misses);
      if (wrong.count > SEARCH_ADDRESS_PAIR_MISSES) throw slowDown(wrong.secondsLeft);
      return;
    }
    const asked = counters.add(lookups, 1);
    if (asked.count > SEARCH_ADDRESS_LOOKUPS) throw slowDown(asked.secondsLeft);
    const missed = reserve(misses);
    if (missed.count > SEARCH_ADDRESS_MISSES) throw slowDown(missed.secondsLeft);
    const { count, secondsLeft } = reserve(globalMisses);
    if (count === SEARCH_MISSES + 1 || count === SEARCH_MISSES_MAX + 1)
      log.warn({ misses: count }, 'many look-ups of subscription codes find nothing');
    if (count > SEARCH_MISSES_MAX) throw slowDown(secondsLeft);
    if (count > SEARCH_MISSES) await proveWork(lookup, network);
  };

  return {
    /** Lets a look-up be made. Throws `rate_limited`, `proof_of_work_missing` and `captcha_failed`. */
    admit: async (lookup: Lookup): Promise<Admitted> => {
      if (!environment.RATE_LIMITS) return { takeBack: () => undefined };
      const reserved: Window[] = [];
      const takeBack = () => {
        for (const window of reserved.splice(0)) counters.add(window, -1);
      };
      try {
        await judge(lookup, networkOf(lookup.address), (window) => {
          reserved.push(window);
          return counters.add(window, 1);
        });
      } catch (error) {
        // Not made: no miss.
        takeBack();
        throw error;
      }
      return { takeBack };
    },
    /** Tells the other processes what was counted, and hears them. */
    sync: counters.sync,
    close: counters.close,
  };
}
export type SearchBudget = ReturnType<typeof createSearchBudget>;

import { createHmac } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { createSharedCounters, type Window } from '../../plugins/shared-counters.ts';
import { networkOf } from '../sessions/sign-in-attempts.ts';

const addressSeconds = 3600;
/** Of everybody. */
const everybody: Window = { key: 'rejected messages', seconds: 86_400 };
/** What isn't stored is counted in the log this often, in milliseconds. */
const tellMs = 60_000;

/**
 * How many messages that nobody signed are stored: so many of an address in an hour, and of everybody in a day, by `rate_limits`, so that a
 * flood of forgeries can't fill the disk. It is asked about rejected messages alone: it never stands before one that a gateway signed, also
 * from an address that spent its own.
 *
 * Nothing is counted for an address once the budget of everybody is spent, so that the counters of a flood from everywhere are bounded too.
 */
export function createRejectedBudget({ environment, database, now, log }: Deps) {
  const counters = createSharedCounters({
    database,
    now,
    nameInTable: (key) =>
      key === everybody.key
        ? key
        : `rejected ${createHmac('sha256', environment.SESSION_SECRET).update(`rejected ${key}`).digest('base64url')}`,
    onError: (error) => log.warn({ err: error }, 'the counters of rejected messages were not exchanged'),
  });
  let notStored = 0;
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (notStored > 0)
      log.warn({ notStored }, 'messages that no gateway signed were answered and not stored');
    notStored = 0;
  };

  const isWithin = async (address: string): Promise<boolean> => {
    const { REJECTED_MESSAGES, REJECTED_MESSAGES_ADDRESS } = environment;
    await counters.refresh([everybody]);
    // Looked at, not spent: one address alone doesn't use up what all have.
    if (counters.add(everybody, 0).count >= REJECTED_MESSAGES) return false;
    const own: Window = { key: networkOf(address), seconds: addressSeconds };
    if (counters.add(own, 1).count > REJECTED_MESSAGES_ADDRESS) return false;
    return counters.add(everybody, 1).count <= REJECTED_MESSAGES;
  };

  return {
    /** Whether a rejected message from this address may still be stored; counts it. Throws when PostgreSQL is away. */
    admit: async (address: string): Promise<boolean> => {
      if (!environment.RATE_LIMITS || (await isWithin(address))) return true;
      notStored += 1;
      timer ??= setTimeout(tell, tellMs).unref();
      return false;
    },
    /** Tells the other processes what was counted, and hears them. */
    sync: counters.sync,
    close: async (): Promise<void> => {
      tell();
      await counters.close();
    },
  };
}
export type RejectedBudget = ReturnType<typeof createRejectedBudget>;

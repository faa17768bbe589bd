import { inspectionBusy } from './documents.errors.ts';

export interface TurnsOptions {
  /** How many work at once. */
  readonly atOnce: number;
  /** How many of them for one owner. */
  readonly perOwner: number;
  /** How many may wait, and for how long in milliseconds, before they are told to come back. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
}

interface Waiting {
  readonly owner: string;
  readonly start: () => void;
}

const retrySeconds = 5;

/**
 * Lets a few uploads into memory at once, and no owner take every place: the bytes of those that wait stay with their senders. Who waited
 * first goes first, as soon as their owner has a place. A slow sender keeps a place as long as a request may take.
 */
export function createUploadTurns({ atOnce, perOwner, maxWaiting, maxWaitMs }: TurnsOptions) {
  const running = new Map<string, number>();
  let total = 0;
  let waiting: Waiting[] = [];

  const count = (owner: string) => running.get(owner) ?? 0;
  const mayStart = (owner: string) => total < atOnce && count(owner) < perOwner;
  const take = (owner: string) => {
    total += 1;
    running.set(owner, count(owner) + 1);
  };
  const giveBack = (owner: string) => {
    total -= 1;
    if (count(owner) > 1) running.set(owner, count(owner) - 1);
    else running.delete(owner);
    const next = waiting.find((one) => mayStart(one.owner));
    next?.start();
  };

  const wait = async (owner: string): Promise<void> => {
    if (waiting.length >= maxWaiting) throw inspectionBusy(retrySeconds, new Error('too many uploads wait'));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      clearTimeout(timer);
      waiting = waiting.filter((one) => one !== place);
    };
    const place: Waiting = {
      owner,
      start: () => {
        leave();
        take(owner);
        resolve();
      },
    };
    const timer = setTimeout(() => {
      leave();
      reject(inspectionBusy(retrySeconds, new Error('an upload waited too long')));
    }, maxWaitMs);
    waiting.push(place);
    await promise;
  };

  /** Runs when its turn comes. Throws `inspection_busy` when too many wait, or it has waited too long. */
  return async function inTurn<T>(owner: string, work: () => Promise<T>): Promise<T> {
    if (mayStart(owner)) take(owner);
    else await wait(owner);
    try {
      return await work();
    } finally {
      giveBack(owner);
    }
  };
}

import { ProblemError } from '../../plugins/problems.ts';

interface HashingQueueOptions {
  /** Hashings at once: each takes a thread and 19 MiB. */
  readonly concurrency: number;
  /** How many may wait for their turn before the others are told to come back. */
  readonly maxWaiting: number;
}

/** Lets a few hashings run at once, so that a flood of sign-ins takes neither all threads nor the memory. */
export function createHashingQueue({ concurrency, maxWaiting }: HashingQueueOptions) {
  let running = 0;
  const waiting: (() => void)[] = [];

  /** Runs when its turn comes. Throws `overloaded` when too many wait already. */
  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= concurrency) {
      if (waiting.length >= maxWaiting) throw new ProblemError('overloaded', { retryAfterSeconds: 5 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { type RunningPostgres, startPostgres } from './postgres.ts';

const SHORTEST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Starts the embedded PostgreSQL and starts it again, at the same address, whenever it ends without being asked to.
 *
 * @throws when the first start fails.
 */
export async function keepPostgres(
  dataDir: string,
  log: (message: string) => void,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const stopped = new AbortController();
  let current: RunningPostgres | undefined = await startPostgres({ dataDir, durable: true, log });
  const { url, port } = current;

  const keep = async () => {
    for (let pause = SHORTEST_PAUSE_MS; ; ) {
      await current?.exited;
      current = undefined;
      if (stopped.signal.aborted) return;
      log('ended unexpectedly, starting it again…');
      try {
        current = await startPostgres({ dataDir, port, durable: true, log });
        pause = SHORTEST_PAUSE_MS;
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
        await delay(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
      // Asked to stop while it was starting.
      if (stopped.signal.aborted) await current?.stop();
    }
  };
  const kept = keep();

  return {
    url,
    stop: async () => {
      stopped.abort();
      await current?.stop();
      await kept;
    },
  };
}

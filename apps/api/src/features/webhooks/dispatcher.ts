import { setTimeout as sleep } from 'node:timers/promises';
import { webhookTimeoutMs } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { WebhookCaller } from '../../integrations/webhook/webhook-caller.ts';
import { webhookHeaders } from '../../integrations/webhook/webhook-signature.ts';
import { openSecret } from '../../sealed-secret.ts';
import { type ClaimedDelivery, claimDeliveries, releaseDeliveries } from './claim-deliveries.ts';
import { type DeliveryResult, isTaken, recordResults } from './record-results.ts';

/** Calls to one endpoint at once; one that fails gets a single one, until it takes something again. */
const perEndpoint = 10;
const perFailingEndpoint = 1;
/** Calls of one process at once: 40 endpoints may be as slow as they like before they hold up another one. */
const inAll = 400;
/** What is claimed and not recorded so long after is tried again, by this process or another. Longer than a call, its waiting and its writing. */
const leaseMs = webhookTimeoutMs + 45_000;
/** How long a call that failed keeps its place: a server that is away refuses at once, and thousands of events must not be spent on it in a loop. */
const restMs = 1000;
/** How long results are gathered before they are written together; their events have arrived. */
const gatherMs = 10;
/** How long nothing new is looked for when nobody says that there is something: retries come due. */
const pollMs = 1000;
/** How long a process that ends waits for its calls. */
const usualGraceMs = 5000;
/** Results written in one transaction. */
const batchSize = 200;

export interface Dispatcher {
  /** Tries all that is due, until nothing is; for tests, which own the clock. */
  readonly drain: () => Promise<void>;
  /** Works until `stop`. */
  readonly run: () => Promise<void>;
  /** There may be something due. */
  readonly wake: () => void;
  /** Takes nothing new, waits a little for the calls under way, gives back those that aren't over. */
  readonly stop: (options?: { graceMs: number }) => Promise<void>;
}

interface Unwritten {
  readonly result: DeliveryResult;
  readonly written: () => void;
}

/** Sends what is due to its endpoints, side by side: at least once, in no order, each at its own pace. */
export function createDispatcher(
  deps: Pick<Deps, 'database' | 'environment' | 'jobs' | 'now' | 'log'>,
  caller: WebhookCaller,
): Dispatcher {
  const { database, now, log } = deps;
  const underWay = new Map<string, number>();
  const calls = new Set<Promise<void>>();
  const results: Unwritten[] = [];
  const abandoned: ClaimedDelivery[] = [];
  const closing = new AbortController();
  const end = new AbortController();
  let isRecording = false;
  let woken = false;
  let wakeUp: (() => void) | undefined;

  const count = (endpointId: string, by: 1 | -1): void => {
    const left = (underWay.get(endpointId) ?? 0) + by;
    if (left > 0) underWay.set(endpointId, left);
    else underWay.delete(endpointId);
  };
  const wake = (): void => {
    woken = true;
    wakeUp?.();
  };

  const secretsOf = (delivery: ClaimedDelivery, at: Date): string[] => {
    const seal = { key: deps.environment.WEBHOOK_KEY, owner: delivery.integratorId };
    const { secret, previousSecret, previousSecretUntil } = delivery;
    const overlaps = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > at;
    return [secret, ...(overlaps ? [previousSecret] : [])].map((sealed) => openSecret(sealed, seal));
  };

  const call = async (delivery: ClaimedDelivery): Promise<void> => {
    const at = now();
    const begun = performance.now();
    try {
      const { eventId: id, url, body } = delivery;
      const headers = webhookHeaders({ id, at, body }, secretsOf(delivery, at));
      const answer = await caller.call({ url, headers, body }, end.signal);
      const durationMs = Math.round(performance.now() - begun);
      const result = { ...delivery, answer, at, endedAt: now(), durationMs };
      await record(result);
      if (!isTaken(result)) {
        setTimeout(() => {
          count(delivery.endpointId, -1);
          wake();
        }, restMs).unref();
        return;
      }
    } catch (error) {
      if (end.signal.aborted) abandoned.push(delivery);
      // Nothing says that the endpoint is wrong: what it is owed waits for its lease.
      else log.error({ err: error, delivery: delivery.id }, 'a webhook could not be sent');
    }
    count(delivery.endpointId, -1);
  };

  /** Writes results as they come, many in one transaction. Until then their calls count: a slow database slows us down. */
  const writeResults = async (): Promise<void> => {
    isRecording = true;
    await sleep(gatherMs);
    while (results.length > 0) {
      const batch = results.splice(0, batchSize);
      try {
        await database.transaction((tx) =>
          recordResults(
            tx,
            deps,
            batch.map(({ result }) => result),
          ),
        );
      } catch (error) {
        log.error({ err: error, tries: batch.length }, 'what became of webhooks could not be written');
      }
      for (const { written } of batch) written();
      // After those who waited for it gave their places back.
      setImmediate(wake);
    }
    isRecording = false;
  };
  const record = async (result: DeliveryResult): Promise<void> => {
    await new Promise<void>((written) => {
      results.push({ result, written });
      if (!isRecording) void writeResults();
    });
  };

  /** Claims what there is room for and starts to call; how many. */
  const fill = async (): Promise<number> => {
    const at = now();
    const claimed = await claimDeliveries(
      database,
      { now: at, lease: new Date(at.getTime() + leaseMs) },
      { perEndpoint, perFailingEndpoint, room: inAll - calls.size, underWay },
    );
    for (const delivery of claimed) {
      count(delivery.endpointId, 1);
      const running = call(delivery).finally(() => calls.delete(running));
      calls.add(running);
    }
    return claimed.length;
  };

  const pause = async (): Promise<void> => {
    if (woken || closing.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wakeUp = undefined;
  };

  return {
    wake,
    drain: async () => {
      while ((await fill()) > 0) await Promise.all(calls);
    },
    run: async () => {
      while (!closing.signal.aborted) {
        woken = false;
        try {
          if (calls.size < inAll) await fill();
        } catch (error) {
          log.error({ err: error }, 'webhooks could not be claimed');
        }
        await pause();
      }
    },
    stop: async ({ graceMs } = { graceMs: usualGraceMs }) => {
      closing.abort();
      wake();
      const timer = setTimeout(() => end.abort(), graceMs);
      await Promise.all(calls);
      clearTimeout(timer);
      if (abandoned.length > 0) await releaseDeliveries(database, abandoned, now());
      await caller.close();
    },
  };
}

import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss, type QueueOptions } from 'pg-boss';
import type { Executor } from '../db/database.ts';

/** What each kind of job carries. Identifiers only: the handler reads the rest, so that nothing personal stands in the queue. */
export interface JobData {
  'send-email': { emailId: string };
  'reset-password': { requestId: string };
  'ask-registry': { subscriptionId: string };
  'register-operator': { filingId: string };
  /** An accepted operation on a customs account. */
  'apply-customs-request': { requestId: string };
  /** A row of `single_window_accounts`. */
  'open-single-window-account': { accountId: string };
  'scan-document': { documentVersionId: string };
  /** Asks the gateway about one attempt, at once. */
  'inquire-attempt': { attemptId: string; transactionId?: string };
  'capture-payment': { attemptId: string };
  'void-payment': { attemptId: string };
  /** Asks about the attempts whose time has come. */
  'inquire-attempts': Record<string, never>;
  /** Works again on what gateways said and nobody finished. */
  'process-messages': Record<string, never>;
  /** Looks for the providers' daily files that nobody gave. */
  'check-settlement-files': Record<string, never>;
  'clean-up': Record<string, never>;
}
export type JobName = keyof JobData;

/**
 * How long each kind is tried: `send-email` about 2 days, `ask-registry`, `register-operator`, `apply-customs-request` and `open-single-window-account`
 * about 2 weeks (« retried until BADR takes it »). What is given up lands in the queue `<name>-failed`, for a person; `GivenUpHandlers` tell whoever waits for it.
 */
const queues: Record<JobName, QueueOptions> = {
  'send-email': {
    retryLimit: 60,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 60,
  },
  'reset-password': {
    retryLimit: 20,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: 30,
  },
  'ask-registry': {
    retryLimit: 700,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 1800,
    expireInSeconds: 30,
  },
  'register-operator': {
    retryLimit: 400,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 60,
  },
  'apply-customs-request': {
    retryLimit: 400,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 60,
  },
  'open-single-window-account': {
    retryLimit: 400,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 60,
  },
  'scan-document': {
    retryLimit: 400,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 1800,
    expireInSeconds: 120,
  },
  // About a transaction that only a message named: for about three days. Without one it ends at the first answer, also with none.
  'inquire-attempt': {
    retryLimit: 80,
    retryDelay: 10,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 60,
  },
  // The sweep asks again whatever becomes of these two: nothing depends on their being tried for ever.
  'capture-payment': {
    retryLimit: 8,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 1800,
    expireInSeconds: 60,
  },
  'void-payment': {
    retryLimit: 8,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 1800,
    expireInSeconds: 60,
  },
  'inquire-attempts': { retryLimit: 0, expireInSeconds: 300 },
  'process-messages': { retryLimit: 0, expireInSeconds: 300 },
  'check-settlement-files': { retryLimit: 3, retryDelay: 60, expireInSeconds: 60 },
  'clean-up': { retryLimit: 0, expireInSeconds: 300 },
};
/** Seconds of a turn of the jobs below. */
const turnSeconds = 10;
/**
 * Whose turn a job takes: in one turn there is one job for the same subject, and the others become one of the next turn. Who changes
 * identifiers again and again must not flood BADR, nor try them out; the job asks with those that it finds, so none is forgotten. The same
 * holds of a payer who comes back from a gateway's page again and again.
 */
const turns: { readonly [Name in JobName]?: (data: JobData[Name]) => string } = {
  'ask-registry': ({ subscriptionId }) => subscriptionId,
  'inquire-attempt': ({ attemptId, transactionId = '' }) => `${attemptId} ${transactionId}`,
};
export const jobNames = Object.keys(queues) as JobName[];
const schema = 'jobs';
/** A job whose process doesn't say for so long that it lives is taken up by another one; looked for as often. */
const heartbeatSeconds = 10;
/** Jobs of one kind that a process works on at once. */
const workersOfEach = 2;

/** Puts a job into the transaction of the change that it follows from: both are there, or neither. */
export interface JobQueue {
  send: <Name extends JobName>(executor: Executor, name: Name, data: JobData[Name]) => Promise<void>;
  close: () => Promise<void>;
}

export interface JobQueueOptions {
  readonly url: string;
  readonly onError: (error: Error) => void;
}

/** Creates the tables of the queue and its queues; safe to run again. */
export async function installJobs(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, schema, max: 2, supervise: false, schedule: false });
  const errors: Error[] = [];
  boss.on('error', (error) => errors.push(error));
  await boss.start();
  try {
    for (const name of jobNames) {
      await boss.createQueue(`${name}-failed`);
      const options = { ...queues[name], heartbeatSeconds };
      await boss.createQueue(name, { ...options, deadLetter: `${name}-failed`, notify: true });
      await boss.updateQueue(name, options);
    }
  } finally {
    await boss.stop({ graceful: false, close: true });
  }
  const [error] = errors;
  if (error) throw error;
}

/** Opens the queue for sending. It holds few connections of its own: a job travels in its caller's transaction. */
export async function openJobQueue({ url, onError }: JobQueueOptions): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString: url,
    schema,
    max: 2,
    supervise: false,
    schedule: false,
    migrate: false,
  });
  boss.on('error', onError);
  await boss.start();
  return {
    send: async (executor, name, data) => {
      const singletonKey = turns[name]?.(data);
      const turn = singletonKey && { singletonKey, singletonSeconds: turnSeconds, singletonNextSlot: true };
      await boss.send(name, data, { db: fromDrizzle(executor, sql), ...turn });
    },
    close: () => boss.stop({ graceful: false, close: true }),
  };
}

export type JobHandlers = {
  readonly [Name in JobName]: (data: JobData[Name], signal: AbortSignal) => Promise<void>;
};

/** What to do about a job that was tried in vain to the end; the kinds without one stay in `<name>-failed`. */
export type GivenUpHandlers = { readonly [Name in JobName]?: (data: JobData[Name]) => Promise<void> };

/**
 * Works on the jobs of every kind until stopped. A handler that throws is retried as its queue says; one that dies with
 * its process is taken up again once its heartbeat is missed.
 */
export async function workOnJobs(
  { url, onError }: JobQueueOptions,
  handlers: JobHandlers,
  givenUp: GivenUpHandlers = {},
): Promise<{ stop: () => Promise<void> }> {
  const boss = new PgBoss({
    connectionString: url,
    schema,
    max: 6,
    migrate: false,
    useListenNotify: true,
    superviseIntervalSeconds: heartbeatSeconds,
    monitorIntervalSeconds: heartbeatSeconds,
  });
  boss.on('error', onError);
  await boss.start();
  const work = async <Name extends JobName>(name: Name, handler: JobHandlers[Name]) => {
    const workerId = await boss.work<JobData[Name]>(
      name,
      // A job that is retried isn't notified: it is found by the polling.
      { batchSize: 1, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 },
      async ([job]) => {
        if (!job) return;
        try {
          await handler(job.data, job.signal);
        } finally {
          // There may be another one: looked for at once, not at the next polling.
          boss.notifyWorker(workerId);
        }
      },
    );
  };
  for (const name of jobNames) {
    for (let worker = 0; worker < workersOfEach; worker += 1) await work(name, handlers[name]);
    await workOnGivenUp(boss, name, givenUp[name]);
  }
  await boss.schedule('clean-up', '*/15 * * * *');
  await boss.schedule('inquire-attempts', '* * * * *');
  // Late enough for a morning's work, by UTC.
  await boss.schedule('check-settlement-files', '0 12 * * *');
  await boss.schedule('process-messages', '* * * * *');
  return { stop: () => boss.stop({ graceful: true, close: true, timeout: 10_000 }) };
}

async function workOnGivenUp<Name extends JobName>(
  boss: PgBoss,
  name: Name,
  handler: GivenUpHandlers[Name],
): Promise<void> {
  if (!handler) return;
  await boss.work<JobData[Name]>(`${name}-failed`, { batchSize: 1 }, async ([job]) => {
    if (job) await handler(job.data);
  });
}

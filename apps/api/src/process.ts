import { pino } from 'pino';
import { openDatabase } from './db/database.ts';
import type { Deps } from './deps.ts';
import type { Environment } from './env.ts';
import { createReferenceLists } from './features/reference/reference.service.ts';
import { openGateways } from './gateways.ts';
import { createBadrGateway } from './integrations/badr/http-badr-gateway.ts';
import { openSingleWindow } from './integrations/single-window/http-single-window-gateway.ts';
import { createTypesetter } from './integrations/typesetting/typesetter.ts';
import { openUploadServices } from './integrations/uploads.ts';
import { openJobQueue } from './jobs/queue.ts';
import { loggedError } from './logged-error.ts';
import { loggedUrl } from './logged-url.ts';

/** Headers and fields that never reach a log. */
const secretPaths = [
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  '*.password',
  '*.token',
  '*.captcha',
  '*.secret',
];

/** What every log line leaves out. */
export const logOptions = {
  redact: { paths: secretPaths, censor: '[secret]' },
  serializers: {
    err: (error: unknown) => loggedError(error) ?? error,
    req: ({ method, url, ip }: { method: string; url: string; ip: string }) => ({
      method,
      url: loggedUrl(url),
      remoteAddress: ip,
    }),
  },
};

/** The log of a process: JSON lines on standard output. */
export const createLog = (environment: Pick<Environment, 'LOG_LEVEL'>, name: string) =>
  pino({ ...logOptions, level: environment.LOG_LEVEL, name });

const retryMs = 1000;

/** Opens what a process needs. PostgreSQL may be away at the start: it is waited for, and the log says so. */
export async function openDeps(
  environment: Environment,
  name: string,
): Promise<Deps & { close: () => Promise<void> }> {
  const log = createLog(environment, name);
  const database = openDatabase({
    url: environment.DATABASE_URL,
    poolSize: environment.DATABASE_POOL,
    onConnectionLost: (error) => {
      log.warn({ err: error }, 'a connection to PostgreSQL was lost');
    },
  });
  const onError = (error: Error) => {
    log.error({ err: error }, 'job queue');
  };
  const openQueue = async () => {
    for (;;) {
      try {
        return await openJobQueue({ url: environment.DATABASE_URL, onError });
      } catch (error) {
        log.warn({ err: error }, 'PostgreSQL is away; waiting for it');
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  };
  const now = () => new Date();
  const jobs = await openQueue();
  const { close: closeUploads, ...uploads } = openUploadServices(environment, (fault) => {
    log.error({ fault }, 'the inspection met an error of its own on a file');
  });
  if (uploads.trustedRoots.length === 0)
    log.warn('SIGNATURE_ROOTS is empty: no signer of a contract will be recognised');
  const typesetter = createTypesetter();
  return {
    environment,
    database,
    jobs,
    references: createReferenceLists({ database, now }),
    badr: createBadrGateway({
      url: environment.BADR_URL,
      key: environment.BADR_KEY,
      timeoutMs: environment.BADR_TIMEOUT_MS,
    }),
    singleWindow: openSingleWindow(environment),
    gateways: openGateways(environment, now),
    ...uploads,
    typesetter,
    now,
    log,
    close: async () => {
      await closeUploads();
      await typesetter.close();
      await jobs.close();
      await database.$client.end();
    },
  };
}

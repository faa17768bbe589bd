import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '@rnoce/sandbox/app';
import { portalSettings } from '@rnoce/sandbox/gateways/portal-settings';
import { openSigningAuthority } from '@rnoce/sandbox/signing/signing-authority';
import { pino } from 'pino';
import { expect } from 'vitest';
import { type App, buildApp } from '../app.ts';
import { openDatabase } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { type Environment, parseEnvironment } from '../env.ts';
import { createReferenceLists } from '../features/reference/reference.service.ts';
import { openGateways } from '../gateways.ts';
import { type BadrGatewayOptions, createBadrGateway } from '../integrations/badr/http-badr-gateway.ts';
import { openSingleWindow } from '../integrations/single-window/http-single-window-gateway.ts';
import { createTypesetter } from '../integrations/typesetting/typesetter.ts';
import { openUploadServices } from '../integrations/uploads.ts';
import { openJobQueue } from '../jobs/queue.ts';
import { undeclaredProblem } from '../plugins/problems.ts';
import { closeAfterFile } from './clean-up.ts';
import { testDatabase } from './database.ts';

export interface TestApp {
  readonly app: App;
  readonly deps: Deps;
  /** Where the sandbox's control interface answers: `PUT /api/badr/mode`, `POST /api/badr/companies`… */
  readonly sandboxUrl: string;
  /** Sets the clock of the API, or lets it run again; the database keeps its own. */
  setNow: (at: Date | undefined) => void;
}

export interface TestAppOptions {
  readonly environment?: Partial<Record<keyof Environment, string>>;
  /** Hears what the API logs, in the place of nobody. */
  readonly log?: Deps['log'];
  /** How BADR is called, where it isn't as usual. */
  readonly badr?: Partial<BadrGatewayOptions>;
}

const badrKey = 'test-badr-key-of-no-real-system';

/**
 * The API on this file's own database and a sandbox of its own over real HTTP. Closed after the last test of the file.
 * It fails for an answer that its route doesn't declare. Limits of rates are off, and the captcha is none, unless a test asks for them.
 */
export async function testApp({
  environment: overrides = {},
  log: given,
  badr = {},
}: TestAppOptions = {}): Promise<TestApp> {
  const { url } = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'rnoce-api-'));
  const sandbox = await createSandbox({ dataDir, badrKey });
  const sandboxUrl = await sandbox.app.listen({ host: '127.0.0.1', port: 0 });
  const environment = parseEnvironment({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    DATABASE_POOL: '5',
    STORAGE_URL: `file://${dataDir}/files`,
    SMTP_URL: 'smtp://127.0.0.1:1',
    BADR_URL: `${sandboxUrl}/badr`,
    BADR_KEY: badrKey,
    SESSION_SECRET: 'test-session-secret-of-32-characters',
    CAPTCHA_SECRET: 'test-captcha-secret-of-32-characters',
    TOTP_KEY: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
    WEBHOOK_KEY: 'ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100',
    WEBHOOK_LOCAL_ADDRESSES: 'true',
    CAPTCHA: 'none',
    RATE_LIMITS: 'false',
    // A busy machine that runs tests isn't a busy service.
    MAX_EVENT_LOOP_DELAY_MS: '0',
    LOG_LEVEL: 'silent',
    ...portalSettings(sandboxUrl),
    SIGNATURE_ROOTS: openSigningAuthority(dataDir).rootFile,
    ...overrides,
  });
  const undeclared: string[] = [];
  const heard = { write: (line: string) => void (line.includes(undeclaredProblem) && undeclared.push(line)) };
  closeAfterFile(() => expect(undeclared, 'problems that the contract does not declare').toEqual([]));
  const log = given ?? pino({ level: 'warn' }, heard);
  const database = openDatabase({ url, poolSize: environment.DATABASE_POOL, onConnectionLost: () => {} });
  const jobs = await openJobQueue({ url, onError: () => {} });
  let fixed: Date | undefined;
  const now = () => fixed ?? new Date();
  const { close: closeUploads, ...uploads } = openUploadServices(environment, (fault) => {
    throw new Error(`the inspection met an error of its own: ${fault}`);
  });
  const typesetter = createTypesetter();
  const deps: Deps = {
    ...uploads,
    typesetter,
    environment,
    database,
    jobs,
    references: createReferenceLists({ database, now }),
    badr: createBadrGateway({
      url: environment.BADR_URL,
      key: environment.BADR_KEY,
      timeoutMs: environment.BADR_TIMEOUT_MS,
      ...badr,
    }),
    singleWindow: openSingleWindow(environment),
    gateways: openGateways(environment, now),
    now,
    log,
  };
  const app = await buildApp(deps);
  await app.ready();
  closeAfterFile(async () => {
    await app.close();
    await closeUploads();
    await typesetter.close();
    await jobs.close();
    await database.$client.end();
    await sandbox.app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    app,
    deps,
    sandboxUrl,
    setNow: (at) => {
      fixed = at;
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { singleWindowKey } from '../../../../sandbox/src/single-window/single-window-key.ts';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/src/start-sandbox.ts';
import type { OutsideCall, OutsideCircuit } from '../outside-call/outside-caller.ts';
import {
  createSingleWindowGateway,
  openSingleWindow,
  type SingleWindowGatewayOptions,
} from './http-single-window-gateway.ts';
import { SingleWindowUnavailableError } from './single-window-gateway.ts';
import type { AccountOpening } from './single-window-protocol.ts';

let dataDir: string;
let sandbox: RunningSandbox;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'single-window-'));
  sandbox = await startSandbox({ dataDir, badrKey: 'badr-test-key' });
});
afterAll(async () => {
  await sandbox.stop();
  await rm(dataDir, { recursive: true });
});

const control = async (method: string, path: string, body?: object) => {
  const answer = await fetch(`${sandbox.url}/api/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  expect(answer.ok).toBe(true);
  return answer.status === 204 ? undefined : ((await answer.json()) as { items: { asked: number }[] });
};
const setMode = (body: object) => control('PUT', 'single-window/mode', body);
const accounts = async () => (await control('GET', 'single-window/accounts'))?.items ?? [];
beforeEach(() => control('POST', 'reset'));

const gateway = (options: Partial<SingleWindowGatewayOptions> = {}) => {
  const outcomes: OutsideCall[] = [];
  const circuits: OutsideCircuit[] = [];
  const singleWindow = createSingleWindowGateway({
    url: `${sandbox.url}/single-window`,
    key: singleWindowKey,
    timeoutMs: 2_000,
    onCall: (call) => outcomes.push(call),
    onCircuit: (circuit) => circuits.push(circuit),
    ...options,
  });
  return { singleWindow, outcomes, circuits };
};

const opening: AccountOpening = {
  subscriptionCode: 'K7R2',
  operator: { ice: '009900001000055', legalName: 'Atlas Négoce SARL', operatorType: 'importer' },
  user: {
    lastName: 'Zeroual',
    firstName: 'Ilyas',
    email: 'ilyas@atlas.example',
    cin: 'AE180359',
    idAddress: 'Rabat',
    idExpiresOn: '2031-01-01',
  },
};

/** What is no answer, and why. */
const away: [object, string][] = [
  [{ mode: 'down' }, 'unreachable'],
  [{ mode: 'error' }, 'server_error'],
  [{ mode: 'slow', delayMs: 60_000 }, 'timeout'],
  ...['html', 'wrong_types', 'truncated', 'empty'].map((variant): [object, string] => [
    { mode: 'nonsense', variant },
    'invalid_answer',
  ]),
];

describe('an opening', () => {
  it('gives the account, the same however often it is asked', async () => {
    const { singleWindow, outcomes } = gateway();
    const first = await singleWindow.openAccount('r/1', opening);
    expect(first).toMatchObject({ login: 'i.zeroual', openedAt: expect.any(String) });
    expect(await singleWindow.openAccount('r/1', opening)).toEqual(first);
    expect(await accounts()).toMatchObject([{ reference: 'r/1', asked: 2, opening }]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['opened', 'opened']);
  });

  it('is asked again at once when the answer is lost, and opens one account', async () => {
    const { singleWindow, outcomes } = gateway();
    await setMode({ mode: 'cut_after', calls: 1 });
    expect(await singleWindow.openAccount('r1', opening)).toMatchObject({ login: 'i.zeroual' });
    expect(outcomes).toMatchObject([{ outcome: 'opened', attempts: 2 }]);
    expect(await accounts()).toHaveLength(1);
  });

  it('is refused with the single window’s reason, which opens no circuit', async () => {
    const { singleWindow, circuits } = gateway({ failuresToOpen: 1 });
    await control('PUT', 'single-window/marks', { email: opening.user.email, refused: true });
    await expect(singleWindow.openAccount('r1', opening)).rejects.toMatchObject({
      retryable: false,
      code: 'refused',
      reason: expect.stringContaining('ilyas@atlas.example'),
    });
    expect(circuits).toEqual([]);
  });

  it('is refused when the reference served for another person, or when it is none', async () => {
    const { singleWindow } = gateway();
    await singleWindow.openAccount('r1', opening);
    const other = { ...opening, user: { ...opening.user, cin: 'B1' } };
    await expect(singleWindow.openAccount('r1', other)).rejects.toMatchObject({
      code: 'reference_already_used',
    });
    const none = { ...opening, user: { ...opening.user, idExpiresOn: '' } };
    await expect(singleWindow.openAccount('r2', none)).rejects.toMatchObject({ code: 'invalid_opening' });
    expect(await accounts()).toHaveLength(1);
  });

  it.each(away)('is to be asked again later: %j', async (mode, reason) => {
    const { singleWindow } = gateway({ timeoutMs: 400 });
    await setMode(mode);
    await expect(singleWindow.openAccount('r1', opening)).rejects.toMatchObject({ retryable: true, reason });
  });

  it('is to be asked again later with another key', async () => {
    const { singleWindow, outcomes } = gateway({ key: 'another' });
    await expect(singleWindow.openAccount('r1', opening)).rejects.toMatchObject({ reason: 'access_denied' });
    expect(outcomes).toMatchObject([{ attempts: 1 }]);
  });

  it('takes neither a redirection nor a bare 422 or 409 for an answer', async () => {
    const answers: [number, Record<string, string>, string][] = [
      [302, { location: `${sandbox.url}/single-window/health` }, ''],
      [422, { 'content-type': 'application/json' }, '{"message":"Unprocessable"}'],
      [409, { 'content-type': 'text/html' }, 'Conflict'],
    ];
    for (const [status, headers, body] of answers) {
      const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const { singleWindow } = gateway({ url: `http://127.0.0.1:${String(port)}` });
      await expect(singleWindow.openAccount('r1', opening)).rejects.toBeInstanceOf(
        SingleWindowUnavailableError,
      );
      server.close();
    }
  });

  it('asks nothing while the circuit is open', async () => {
    const { singleWindow, circuits, outcomes } = gateway({ retries: 0, failuresToOpen: 2 });
    await setMode({ mode: 'error' });
    for (let time = 0; time < 2; time += 1)
      await expect(singleWindow.openAccount('r1', opening)).rejects.toThrow('server_error');
    await setMode({ mode: 'normal' });
    await expect(singleWindow.openAccount('r1', opening)).rejects.toMatchObject({ reason: 'circuit_open' });
    expect(circuits).toEqual(['open']);
    expect(outcomes.at(-1)).toMatchObject({ attempts: 0 });
  });
});

it('is healthy when the single window answers', async () => {
  const { singleWindow } = gateway();
  expect(await singleWindow.health()).toBe(true);
  await setMode({ mode: 'error' });
  expect(await singleWindow.health()).toBe(false);
});

it('is there only where it is configured', () => {
  expect(openSingleWindow({ SINGLE_WINDOW_URL: '', SINGLE_WINDOW_KEY: '' })).toBeUndefined();
  expect(openSingleWindow({ SINGLE_WINDOW_URL: 'http://127.0.0.1:1', SINGLE_WINDOW_KEY: 'k' })).toBeDefined();
});

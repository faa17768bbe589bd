import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type NonsenseVariant, nonsenseVariants } from '../../../../sandbox/src/badr/badr-faults.ts';
import { fixtures, unknownCompany } from '../../../../sandbox/src/badr/fixtures.ts';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/src/start-sandbox.ts';
import type { OutsideCall, OutsideCircuit } from '../outside-call/outside-caller.ts';
import { type BadrIdentifiers, BadrRefusalError, BadrUnavailableError } from './badr-gateway.ts';
import type { BadrOperation } from './badr-operation.ts';
import { BadrRegistration } from './badr-record.ts';
import { type BadrGatewayOptions, createBadrGateway } from './http-badr-gateway.ts';

const key = 'badr-test-key';
const atlas = fixtures.atlasNegoce;
const identifiersOf = ({
  operatorType,
  ice,
  taxId,
  rcNumber,
  rcCentre,
}: BadrIdentifiers): BadrIdentifiers => ({
  operatorType,
  ice,
  taxId,
  rcNumber,
  rcCentre,
});

let dataDir: string;
let sandbox: RunningSandbox;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'badr-'));
  sandbox = await startSandbox({ dataDir, badrKey: key });
});
afterAll(async () => {
  await sandbox.stop();
  await rm(dataDir, { recursive: true });
});

const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  expect(response.ok, `${method} ${path}`).toBe(true);
  return response.status === 204 ? undefined : response.json();
};
const setMode = (body: Record<string, unknown>) => control('PUT', '/api/badr/mode', body);
const receivedCalls = async () =>
  z.object({ items: z.array(z.unknown()) }).parse(await control('GET', '/api/badr/calls')).items.length;

beforeEach(async () => {
  await control('POST', '/api/reset');
});
afterEach(() => {
  vi.useRealTimers();
});

const gateway = (options: Partial<BadrGatewayOptions> = {}) => {
  const outcomes: OutsideCall[] = [];
  const circuits: OutsideCircuit[] = [];
  const badr = createBadrGateway({
    url: sandbox.badrUrl,
    key,
    onCall: (call) => outcomes.push(call),
    onCircuit: (circuit) => circuits.push(circuit),
    ...options,
  });
  return { badr, outcomes, circuits };
};

describe('findOperator', () => {
  it('reads every company of the sandbox', async () => {
    const { badr } = gateway();
    const { items } = z
      .object({ items: z.array(z.custom<typeof atlas>()) })
      .parse(await control('GET', '/api/badr/companies'));
    expect(items.length).toBeGreaterThan(300);
    for (const company of items) {
      expect(await badr.findOperator(identifiersOf(company))).toEqual({
        status: 'registered',
        record: company,
      });
    }
  });

  it('says which account is cancelled', async () => {
    const { badr } = gateway();
    const found = await badr.findOperator(identifiersOf(fixtures.importChaouia));
    expect(found).toMatchObject({ status: 'registered', record: { accountStatus: 'cancelled' } });
  });

  it('is not registered for an unknown ICE, and for a known one with another operator type', async () => {
    const { badr } = gateway();
    expect(await badr.findOperator(unknownCompany)).toEqual({ status: 'not_registered' });
    expect(await badr.findOperator({ ...identifiersOf(atlas), operatorType: 'exporter' })).toEqual({
      status: 'not_registered',
    });
  });

  it('names the identifiers that differ when BADR knows the ICE', async () => {
    const { badr } = gateway();
    expect(await badr.findOperator({ ...identifiersOf(atlas), rcCentre: '85', taxId: '1' })).toEqual({
      status: 'mismatch',
      fields: ['taxId', 'rcCentre'],
    });
  });

  it('tries once more when the connection is cut', async () => {
    const { badr, outcomes } = gateway();
    await setMode({ mode: 'down', calls: 1 });
    expect(await badr.findOperator(identifiersOf(atlas))).toMatchObject({ status: 'registered' });
    expect(outcomes).toMatchObject([{ operation: 'find_operator', outcome: 'registered', attempts: 2 }]);
  });

  it('tries once more, then gives up, on a 500', async () => {
    const { badr, outcomes } = gateway();
    await setMode({ mode: 'error' });
    expect(await badr.findOperator(identifiersOf(atlas))).toEqual({
      status: 'unavailable',
      reason: 'server_error',
    });
    expect(outcomes).toMatchObject([{ outcome: 'server_error', attempts: 2 }]);
  });

  it('gives up on a slow BADR when its time is over', async () => {
    const { badr } = gateway({ timeoutMs: 150, tryTimeoutMs: 60 });
    await setMode({ mode: 'slow', delayMs: 60_000 });
    expect(await badr.findOperator(identifiersOf(atlas))).toEqual({
      status: 'unavailable',
      reason: 'timeout',
    });
  });

  it('waits for a slow BADR within its time', async () => {
    const { badr } = gateway();
    await setMode({ mode: 'slow', delayMs: 50 });
    expect(await badr.findOperator(identifiersOf(atlas))).toMatchObject({ status: 'registered' });
  });

  it('is unavailable when nobody listens', async () => {
    const closed = createServer();
    const port = await new Promise<number>((resolve) => {
      closed.listen(0, '127.0.0.1', () =>
        resolve(z.object({ port: z.number() }).parse(closed.address()).port),
      );
    });
    await new Promise((resolve) => closed.close(resolve));
    const { badr } = gateway({ url: `http://127.0.0.1:${port}` });
    expect(await badr.findOperator(identifiersOf(atlas))).toEqual({
      status: 'unavailable',
      reason: 'unreachable',
    });
    expect(await badr.health()).toBe(false);
  });

  it.each(Object.keys(nonsenseVariants) as NonsenseVariant[])(
    'takes nonsense for no answer: %s',
    async (variant) => {
      const { badr } = gateway();
      await setMode({ mode: 'nonsense', variant });
      expect(await badr.findOperator(identifiersOf(atlas))).toEqual({
        status: 'unavailable',
        reason: variant === 'cut_midway' ? 'unreachable' : 'invalid_answer',
      });
    },
  );

  it('says that the key is refused, without trying again or opening the circuit', async () => {
    const { badr, outcomes, circuits } = gateway({ key: 'another', failuresToOpen: 1 });
    expect(await badr.findOperator(identifiersOf(atlas))).toEqual({
      status: 'unavailable',
      reason: 'access_denied',
    });
    expect(outcomes).toMatchObject([{ attempts: 1 }]);
    expect(circuits).toEqual([]);
  });

  it('disturbs one company alone when the sandbox is told so', async () => {
    const { badr } = gateway();
    await setMode({ mode: 'error', ice: atlas.ice });
    expect(await badr.findOperator(identifiersOf(atlas))).toMatchObject({ status: 'unavailable' });
    expect(await badr.findOperator(identifiersOf(fixtures.transitBouregreg))).toMatchObject({
      status: 'registered',
    });
  });
});

describe('circuit', () => {
  const fragile = { retries: 0, failuresToOpen: 3, openForMs: 10_000 } as const;

  const open = async (badr: ReturnType<typeof gateway>['badr']) => {
    await setMode({ mode: 'error' });
    for (let failure = 0; failure < fragile.failuresToOpen; failure += 1)
      await badr.findOperator(identifiersOf(atlas));
  };

  it('opens after failures in a row, asks nothing meanwhile, and closes when a probe succeeds', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { badr, circuits, outcomes } = gateway(fragile);
    await open(badr);
    expect(circuits).toEqual(['open']);

    await setMode({ mode: 'normal' });
    const before = await receivedCalls();
    expect(await badr.findOperator(identifiersOf(atlas))).toEqual({
      status: 'unavailable',
      reason: 'circuit_open',
    });
    expect(outcomes.at(-1)).toMatchObject({ outcome: 'circuit_open', attempts: 0 });
    expect(await receivedCalls()).toBe(before);

    vi.setSystemTime(Date.now() + fragile.openForMs);
    expect(await badr.findOperator(identifiersOf(atlas))).toMatchObject({ status: 'registered' });
    expect(circuits).toEqual(['open', 'half_open', 'closed']);
  });

  it('stays open when the probe fails', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { badr, circuits } = gateway(fragile);
    await open(badr);
    vi.setSystemTime(Date.now() + fragile.openForMs);
    expect(await badr.findOperator(identifiersOf(atlas))).toEqual({
      status: 'unavailable',
      reason: 'server_error',
    });
    expect(await badr.findOperator(identifiersOf(atlas))).toEqual({
      status: 'unavailable',
      reason: 'circuit_open',
    });
    expect(circuits).toEqual(['open', 'half_open', 'open']);
  });

  it('does not let calls stand behind a slow probe for longer than their time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { badr } = gateway({ ...fragile, timeoutMs: 100, tryTimeoutMs: 100 });
    await open(badr);
    await setMode({ mode: 'slow', delayMs: 60_000 });
    vi.setSystemTime(Date.now() + fragile.openForMs);
    const answers = await Promise.all([1, 2, 3].map(() => badr.findOperator(identifiersOf(atlas))));
    for (const answer of answers) expect(answer.status).toBe('unavailable');
  });

  it('is not opened by what BADR answers rightly', async () => {
    const { badr, circuits } = gateway({ ...fragile, failuresToOpen: 1 });
    await badr.findOperator(unknownCompany);
    await badr.findOperator({ ...identifiersOf(atlas), taxId: '1' });
    expect(circuits).toEqual([]);
  });

  it('is not opened by callers who leave, nor closed by one who leaves while it probes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sent: (() => void)[] = [];
    const { badr, circuits } = gateway({
      ...fragile,
      failuresToOpen: 1,
      fetch: (input, init) => {
        const answer = fetch(input, init);
        sent.pop()?.();
        return answer;
      },
    });
    const leave = async () => {
      const leaving = new AbortController();
      const { promise: asking, resolve } = Promise.withResolvers<void>();
      sent.push(resolve);
      const asked = badr.findOperator(identifiersOf(atlas), leaving.signal);
      await asking;
      leaving.abort();
      return asked;
    };
    await setMode({ mode: 'slow', delayMs: 60_000 });
    expect(await leave()).toEqual({ status: 'unavailable', reason: 'cancelled' });
    expect(circuits).toEqual([]);

    await open(badr);
    await setMode({ mode: 'slow', delayMs: 60_000 });
    vi.setSystemTime(Date.now() + fragile.openForMs);
    expect(await leave()).toEqual({ status: 'unavailable', reason: 'cancelled' });
    await vi.waitFor(() => expect(circuits).toEqual(['open', 'half_open', 'open']));
  });
});

describe('register', () => {
  const record = BadrRegistration.parse({ ...atlas, ...unknownCompany, email: 'contact@nouvelle.example' });
  const reference = '21112026I00000000007';

  it('registers once, however often it is sent, and BADR then knows the operator', async () => {
    const { badr, outcomes } = gateway();
    const receipt = await badr.register(reference, record);
    expect(await badr.register(reference, record)).toEqual(receipt);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect(await badr.findOperator(identifiersOf(record))).toMatchObject({
      status: 'registered',
      record: { accountNumber: receipt.accountNumber, email: 'contact@nouvelle.example' },
    });
    expect(await control('GET', '/api/badr/registrations')).toMatchObject({ items: [{ reference, record }] });
  });

  it('takes the longest values that the form accepts', async () => {
    const { badr } = gateway();
    const long = {
      actualActivity: 'é'.repeat(2000),
      address: 'ع'.repeat(500),
      phone: '+123456',
      approvalNumber: undefined,
    };
    await expect(badr.register(reference, { ...record, ...long })).resolves.toHaveProperty('accountNumber');
  });

  it.each(['down', 'error', 'nonsense'])('is to be sent again when BADR is away: %s', async (mode) => {
    const { badr } = gateway();
    await setMode({ mode, ice: record.ice });
    await expect(badr.register(reference, record)).rejects.toBeInstanceOf(BadrUnavailableError);
    await setMode({ mode: 'normal' });
    await expect(badr.register(reference, record)).resolves.toHaveProperty('accountNumber');
  });

  it('is to be sent again when BADR is too slow', async () => {
    const { badr } = gateway({ orderTimeoutMs: 60 });
    await setMode({ mode: 'slow', delayMs: 60_000 });
    await expect(badr.register(reference, record)).rejects.toMatchObject({
      retryable: true,
      reason: 'timeout',
    });
  });

  it('is refused for good with BADR’s reason, which does not open the circuit', async () => {
    const { badr, circuits } = gateway({ failuresToOpen: 1 });
    await setMode({ mode: 'refuse' });
    await expect(badr.register(reference, record)).rejects.toMatchObject({
      retryable: false,
      code: 'refused',
      reason: 'Inscription refusée par le bac à sable.',
    });
    expect(circuits).toEqual([]);
  });

  it('is refused for good when the reference served for another record', async () => {
    const { badr } = gateway();
    await badr.register(reference, record);
    await expect(badr.register(reference, { ...record, tradeName: 'Autre' })).rejects.toMatchObject({
      code: 'reference_already_used',
    });
  });

  it('does not send a record that is none', async () => {
    const { badr } = gateway();
    await expect(badr.register(reference, { ...record, ice: '12' })).rejects.toBeInstanceOf(BadrRefusalError);
    expect(await receivedCalls()).toBe(0);
  });
});

describe('operate', () => {
  const reference = '21112026I00000000007-1';
  const { accountNumber, ice } = atlas;
  const rename: BadrOperation = {
    type: 'update',
    accountNumber,
    changes: [
      { field: 'legalName', from: atlas.legalName, to: 'Atlas Nouveau SA' },
      { field: 'fax', from: atlas.fax ?? null, to: null },
    ],
    managers: [],
  };
  const cancellation = { type: 'cancellation', accountNumber } as const;
  const held = () => control('GET', `/api/badr/companies/${ice}`);

  it('changes what BADR holds, once, however often it is sent', async () => {
    const { badr, outcomes } = gateway();
    const first = await badr.operate(reference, rename);
    expect(first).toMatchObject({ status: 'applied' });
    expect(await badr.operate(reference, rename)).toEqual(first);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    const record = await held();
    expect(record).toMatchObject({ legalName: 'Atlas Nouveau SA' });
    expect(record).not.toHaveProperty('fax');
    expect(await control('GET', `/api/badr/operations?ice=${ice}`)).toMatchObject({
      items: [{ reference, asked: 2 }],
    });
  });

  it('is overtaken when BADR holds something else than it was decided over', async () => {
    const { badr } = gateway();
    await control('PATCH', `/api/badr/companies/${ice}`, { legalName: 'Changé entre-temps SA' });
    expect(await badr.operate(reference, rename)).toEqual({ status: 'overtaken', fields: ['legalName'] });
    expect(await held()).toMatchObject({ legalName: 'Changé entre-temps SA' });
  });

  it('counts as done on an account that is already as asked, and overtaken on one cancelled meanwhile', async () => {
    const { badr } = gateway();
    await control('PATCH', `/api/badr/companies/${ice}`, { accountStatus: 'cancelled' });
    expect(await badr.operate(reference, cancellation)).toEqual({ status: 'applied', appliedAt: null });
    expect(await badr.operate(reference, rename)).toEqual({
      status: 'overtaken',
      fields: ['accountStatus'],
    });
  });

  it('has its effect once when its answer is lost', async () => {
    const { badr } = gateway();
    await setMode({ mode: 'cut_after', ice, calls: 1 });
    await expect(badr.operate(reference, cancellation)).rejects.toMatchObject({ retryable: true });
    expect(await held()).toMatchObject({ accountStatus: 'cancelled' });
    expect(await badr.operate(reference, cancellation)).toMatchObject({ status: 'applied' });
  });

  it.each(['down', 'error', 'nonsense'])('is to be sent again when BADR is away: %s', async (mode) => {
    const { badr } = gateway();
    await setMode({ mode, ice });
    await expect(badr.operate(reference, cancellation)).rejects.toBeInstanceOf(BadrUnavailableError);
    await setMode({ mode: 'normal' });
    expect(await badr.operate(reference, cancellation)).toMatchObject({ status: 'applied' });
  });

  it('is to be sent again when BADR is too slow', async () => {
    const { badr } = gateway({ orderTimeoutMs: 60 });
    await setMode({ mode: 'slow', delayMs: 60_000 });
    await expect(badr.operate(reference, cancellation)).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('is refused for good with BADR’s reason, which does not open the circuit', async () => {
    const { badr, circuits } = gateway({ failuresToOpen: 1 });
    await setMode({ mode: 'refuse' });
    await expect(badr.operate(reference, cancellation)).rejects.toMatchObject({
      retryable: false,
      code: 'refused',
      reason: 'Opération refusée par le bac à sable.',
    });
    expect(circuits).toEqual([]);
    await setMode({ mode: 'normal' });
    await expect(badr.operate(reference, { ...cancellation, accountNumber: 'C0' })).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it('is refused when the reference served for another operation', async () => {
    const { badr } = gateway();
    await badr.operate(reference, rename);
    await expect(badr.operate(reference, cancellation)).rejects.toMatchObject({
      code: 'reference_already_used',
    });
  });
});

it('is healthy when BADR answers', async () => {
  const { badr } = gateway();
  expect(await badr.health()).toBe(true);
  await setMode({ mode: 'error' });
  expect(await badr.health()).toBe(false);
});

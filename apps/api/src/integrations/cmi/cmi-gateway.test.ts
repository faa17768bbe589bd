import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contradictions } from '../payment-gateway/attempt-checks.ts';
import { GatewayRefusalError, GatewayUnavailableError } from '../payment-gateway/gateway-errors.ts';
import type { KnownAttempt, PaymentAttempt } from '../payment-gateway/payment-gateway.ts';
import { attemptOf, type Merchant, startMerchant } from '../payment-gateway/testing/merchant.ts';
import { type CmiGateway, createCmiGateway } from './cmi-gateway.ts';
import type { CmiOptions } from './cmi-settings.ts';
import { cmiOptions } from './testing/cmi-options.ts';

let merchant: Merchant;
let options: CmiOptions;
let gateway: CmiGateway;

beforeAll(async () => {
  merchant = await startMerchant();
  options = { ...cmiOptions(merchant.sandbox.url, merchant.url), timeoutMs: 3_000 };
});
afterAll(() => merchant.stop());
beforeEach(async () => {
  await merchant.control('POST', '/api/reset');
  merchant.readings.length = 0;
  merchant.decide = () => 'take';
  gateway = createCmiGateway({ ...options, failuresToOpen: 100 });
  merchant.serve(gateway);
});

/** The payer stands on CMI's page. */
const visit = async (changes: Partial<PaymentAttempt> = {}) => {
  const attempt = attemptOf('card', changes);
  const started = await gateway.startAttempt(attempt);
  const page = await merchant.submit(started);
  expect(page.status).toBe(200);
  return { attempt, started, page };
};
const act = (attempt: KnownAttempt, action: string, body?: unknown) =>
  merchant.control('POST', `/api/cmi/orders/${attempt.reference}/${action}`, body);
const setMode = (body: Record<string, unknown>) => merchant.control('PUT', '/api/cmi/mode', body);
const ledger = (attempt: KnownAttempt) => merchant.control('GET', `/api/cmi/orders/${attempt.reference}`);
const outcomes = (): string[] =>
  merchant.readings.map((reading) =>
    reading.trust === 'verified' ? reading.message.outcome : `${reading.trust}:${reading.reason}`,
  );

describe('the form', () => {
  it('leads to CMI’s page, with what CMI demands and nothing secret', async () => {
    const { started, page, attempt } = await visit();
    expect(page.text).toContain('840.00 MAD');
    expect(page.text).toContain('BAC À SABLE');
    if (started.type !== 'redirect') throw new Error('Not a redirect.');
    const fields = Object.fromEntries(started.fields);
    expect(fields).toMatchObject({
      amount: '840.00',
      currency: '504',
      oid: attempt.reference,
      TranType: 'PreAuth',
      storetype: '3D_PAY_HOSTING',
      CallbackResponse: 'true',
      sessiontimeout: '2700',
      BillToName: 'Société Exemple',
      email: 'payeur@exemple.example',
    });
    expect(JSON.stringify(started)).not.toContain(options.storeKey);
    expect(JSON.stringify(started)).not.toContain(options.apiPassword);
    expect(Object.keys(fields)).not.toContain('tel');
  });

  it('limits what a payer can put into signed fields', async () => {
    const started = await gateway.startAttempt(
      attemptOf('card', { payer: { name: '00 | PN-1 <b>', email: '"x y"@z' } }),
    );
    if (started.type !== 'redirect') throw new Error('Not a redirect.');
    const fields = Object.fromEntries(started.fields);
    expect(fields.BillToName).toBe('PN- b');
    expect(fields.email).toBe(options.payerEmail);
    const blank = await gateway.startAttempt(attemptOf('card', { payer: { name: '00123' } }));
    if (blank.type !== 'redirect') throw new Error('Not a redirect.');
    expect(Object.fromEntries(blank.fields).BillToName).toBe(options.payerName);
  });

  it('is new for each visit, and the same reference never serves twice', async () => {
    const { started } = await visit();
    const again = await merchant.submit(started);
    expect(again.status).toBe(400);
    expect(again.text).toContain('2302');
  });

  it.each<[string, Partial<PaymentAttempt>]>([
    ['reference', { reference: 'a b' }],
    ['amount', { amountCentimes: 0 }],
    ['amount', { amountCentimes: 1.5 }],
    ['lines', { amountCentimes: 84_001 }],
    ['channel', { channel: 'cash_code' }],
    ['expiry', { expiresAt: new Date(0) }],
  ])('asks nothing with a wrong %s', async (detail, changes) => {
    await expect(gateway.startAttempt(attemptOf('card', changes))).rejects.toMatchObject({
      code: 'invalid_attempt',
      detail,
    });
  });

  it('has its hash refused by CMI when anything was changed', async () => {
    const started = await gateway.startAttempt(attemptOf('card'));
    if (started.type !== 'redirect') throw new Error('Not a redirect.');
    const fields = started.fields.map(([name, value]) => [name, name === 'amount' ? '1.00' : value] as const);
    expect((await merchant.submit({ ...started, fields })).text).toContain('3D-1004');
  });
});

describe('a payment', () => {
  it('is authorised, taken by our answer, captured, settled', async () => {
    const { attempt } = await visit();
    expect(await gateway.inquire(attempt)).toEqual({ state: 'none' });
    const result = await act(attempt, 'pay');
    expect(result).toMatchObject({
      answers: [{ status: 200, body: 'ACTION=POSTAUTH' }],
      entry: { state: 'captured' },
    });
    const [reading] = merchant.readings;
    if (reading?.trust !== 'verified') throw new Error('Not verified.');
    expect(reading.message).toMatchObject({
      attemptReference: attempt.reference,
      outcome: 'authorised',
      mustInquire: false,
      gatewayTransactionId: expect.any(String),
    });
    expect(contradictions(reading.message, attempt)).toEqual([]);
    expect(await gateway.inquire(attempt)).toMatchObject({
      state: 'captured',
      amountCentimes: 84_000,
      currency: 'MAD',
      gatewayTransactionId: reading.message.gatewayTransactionId,
    });
    await merchant.control('POST', '/api/cmi/settle');
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'settled', amountCentimes: 84_000 });
  });

  it('is stored without card data', async () => {
    const { attempt } = await visit();
    await act(attempt, 'pay');
    const record = merchant.readings[0]?.record;
    expect(record?.body).toContain('MaskedPan=***0010');
    expect(record?.body).toContain('cardHolderName=***');
    expect(record?.body).not.toContain('400000');
    expect(record?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('may be refused, several times, then accepted with the same reference', async () => {
    const { attempt } = await visit();
    for (const code of ['05', '51', 'none'])
      expect(await act(attempt, 'refuse', { code })).toMatchObject({
        answers: [{ body: 'APPROVED' }],
        entry: { state: 'refused' },
      });
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'refused' });
    expect(await act(attempt, 'pay')).toMatchObject({ entry: { state: 'captured' } });
    expect(outcomes()).toEqual(['refused', 'refused', 'refused', 'authorised']);
    expect(merchant.readings[1]).toMatchObject({ message: { refusal: { code: '51' } } });
    expect(merchant.readings[2]).toMatchObject({ message: { refusal: { code: '' } } });
  });

  it('that we do not want is not captured, and voided', async () => {
    merchant.decide = () => 'do_not_take';
    const { attempt } = await visit();
    expect(await act(attempt, 'pay')).toMatchObject({
      answers: [{ body: 'APPROVED' }],
      entry: { state: 'authorised' },
    });
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'authorised', amountCentimes: 84_000 });
    expect(await gateway.void(attempt)).toMatchObject({ repeated: false });
    expect(await gateway.void(attempt)).toMatchObject({ repeated: true });
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'voided' });
    await expect(gateway.capture(attempt)).rejects.toBeInstanceOf(GatewayRefusalError);
    expect(await ledger(attempt)).toMatchObject({ state: 'voided', authorised: 0, captured: 0 });
  });

  it('that meets trouble on our side is not captured, until we ask for it', async () => {
    merchant.decide = () => 'later';
    const { attempt } = await visit();
    expect(await act(attempt, 'pay')).toMatchObject({ answers: [{ body: 'FAILURE' }] });
    expect(await gateway.capture(attempt)).toMatchObject({ repeated: false });
    expect(await gateway.capture(attempt)).toMatchObject({ repeated: true });
    expect(await ledger(attempt)).toMatchObject({ state: 'captured', captured: 84_000 });
  });

  it('is refunded after settlement, in parts, never above what was taken', async () => {
    const { attempt } = await visit();
    await act(attempt, 'pay');
    await expect(gateway.refund(attempt, 100)).rejects.toMatchObject({
      code: 'not_settled_yet',
      retryable: false,
    });
    await merchant.control('POST', '/api/cmi/settle');
    await gateway.refund(attempt, 80_000);
    await expect(gateway.refund(attempt, 4_001)).rejects.toMatchObject({ code: 'above_captured' });
    await gateway.refund(attempt, 4_000);
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'refunded', refundedCentimes: 84_000 });
    expect(
      (await gateway.history(attempt)).map(({ kind, state, amountCentimes }) => [
        kind,
        state,
        amountCentimes,
      ]),
    ).toEqual([
      ['payment', 'authorised', 84_000],
      ['payment', 'captured', 84_000],
      ['refund', 'captured', 80_000],
      ['refund', 'captured', 4_000],
    ]);
    const file = gateway.parseSettlementFile(
      Buffer.from(await (await fetch(`${merchant.sandbox.url}/api/cmi/settlement.csv`)).text()),
    );
    expect(file.faults).toEqual([]);
    expect(file.rows.map(({ kind, amountCentimes }) => [kind, amountCentimes])).toEqual([
      ['payment', 84_000],
      ['refund', 80_000],
      ['refund', 4_000],
    ]);
  });

  it('is typed by a payer with a test card alone', async () => {
    const { attempt } = await visit();
    const type = async (card: Record<string, string>) => {
      const response = await fetch(`${merchant.sandbox.url}/cmi/pages/${attempt.reference}/pay`, {
        method: 'POST',
        body: new URLSearchParams({ expiry: '12/40', cvv: '000', ...card }),
      });
      return { status: response.status, text: await response.text() };
    };
    expect((await type({ number: '4111111111111111' })).text).toContain('N’entrez jamais une vraie carte');
    expect((await type({ number: '5191630100004896' })).status).toBe(422);
    expect((await type({ number: '4000000000000010', expiry: '01/20' })).status).toBe(422);
    const paid = await type({ number: '5191 6301 0000 4896', authentication: '123' });
    expect(paid.text).toContain('Paiement accepté');
    expect(paid.text).toContain(`action="${options.okUrl}"`);
    expect(await ledger(attempt)).toMatchObject({ state: 'captured' });
  });
});

describe('the browser’s return', () => {
  const returned = async (attempt: KnownAttempt) => {
    const { url, fields } = (await merchant.control(
      'GET',
      `/api/cmi/orders/${attempt.reference}/return`,
    )) as {
      url: string;
      fields: [string, string][];
    };
    return { url, body: Buffer.from(new URLSearchParams(fields).toString()) };
  };

  it('names the attempt by its signed oid, and nothing else', async () => {
    const { attempt } = await visit();
    await act(attempt, 'pay');
    const { url, body } = await returned(attempt);
    expect(url).toBe(options.okUrl);
    expect(gateway.readReturn({ body })).toEqual({ attemptReference: attempt.reference });
    const forged = Buffer.from(body.toString().replaceAll(attempt.reference, 'PN-9999999999-1'));
    expect(gateway.readReturn({ body: forged })).toEqual({});
    expect(gateway.readReturn({ body: Buffer.alloc(0) })).toEqual({});
  });

  it('goes to failUrl after a refusal', async () => {
    const { attempt } = await visit();
    await act(attempt, 'refuse');
    const { url, body } = await returned(attempt);
    expect(url).toBe(options.failUrl);
    expect(gateway.readReturn({ body })).toEqual({ attemptReference: attempt.reference });
  });
});

describe('faults', () => {
  it('duplicates are answered alike and captured once', async () => {
    await setMode({ copies: 10 });
    const { attempt } = await visit();
    const result = (await act(attempt, 'pay')) as { answers: { body: string }[] };
    expect(result.answers.map(({ body }) => body)).toEqual(
      Array.from({ length: 10 }, () => 'ACTION=POSTAUTH'),
    );
    expect(new Set(merchant.readings.map(({ record }) => record.sha256)).size).toBe(1);
    expect((await gateway.history(attempt)).filter(({ state }) => state === 'captured')).toHaveLength(1);
  });

  it('reordered: the acceptance before the refusal', async () => {
    await setMode({ callbacks: 'hold' });
    const { attempt } = await visit();
    await act(attempt, 'refuse');
    await act(attempt, 'pay');
    expect(merchant.readings).toEqual([]);
    await merchant.control('POST', '/api/cmi/callbacks/release', { order: 'reverse' });
    expect(outcomes()).toEqual(['authorised', 'refused']);
    expect(await ledger(attempt)).toMatchObject({ state: 'captured' });
  });

  it('silent: the inquiry finds the authorisation, and captures it', async () => {
    await setMode({ callbacks: 'silent' });
    const { attempt } = await visit();
    await act(attempt, 'pay');
    expect(merchant.readings).toEqual([]);
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'authorised', amountCentimes: 84_000 });
    await gateway.capture(attempt);
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'captured' });
  });

  it('late: it comes after the page was left', async () => {
    await setMode({ delayMs: 20 });
    const { attempt } = await visit();
    expect(await act(attempt, 'pay')).toMatchObject({ answers: [], entry: { state: 'authorised' } });
    await expect.poll(() => ledger(attempt)).toMatchObject({ state: 'captured' });
    expect(outcomes()).toEqual(['authorised']);
  });

  it('another amount than asked is seen', async () => {
    await setMode({ amountCentimes: 100 });
    const { attempt } = await visit();
    await act(attempt, 'pay');
    const [reading] = merchant.readings;
    if (reading?.trust !== 'verified') throw new Error('Not verified.');
    expect(contradictions(reading.message, attempt)).toEqual(['amount']);
    expect(contradictions(await gateway.inquire(attempt), attempt)).toEqual(['amount']);
  });

  it('a capture that turns out void is seen by the inquiry', async () => {
    await setMode({ captureVoid: true });
    const { attempt } = await visit();
    expect(await act(attempt, 'pay')).toMatchObject({ answers: [{ body: 'ACTION=POSTAUTH' }] });
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'voided' });
  });

  it('cancelled or expired pages show no money', async () => {
    for (const action of ['cancel', 'expire']) {
      const { attempt } = await visit();
      await act(attempt, action);
      expect(await gateway.inquire(attempt)).toEqual({ state: 'none' });
      await expect(act(attempt, 'pay')).rejects.toThrow('409');
    }
  });

  it.each([
    ['wrong_hash', 'rejected:wrong_signature'],
    ['unsigned', 'rejected:missing_signature'],
    ['other_store_key', 'rejected:wrong_signature'],
    ['renamed_fields', 'unverified:missing_fields'],
    ['changed_currency', 'unverified:not_as_sent'],
    ['changed_client', 'unverified:not_as_sent'],
    ['repeated_field', 'unverified:renamed_or_repeated_fields'],
    ['missing_code', 'unverified:not_as_sent'],
    ['missing_transaction', 'unverified:missing_fields'],
  ])('a forgery settles nothing: %s', async (variant, outcome) => {
    const { attempt } = await visit();
    expect(await act(attempt, 'forge', { variant })).toMatchObject({
      answers: [{ status: 200, body: 'FAILURE' }],
      entry: { state: 'open' },
    });
    expect(outcomes()).toEqual([outcome]);
    expect(await gateway.inquire(attempt)).toEqual({ state: 'none' });
  });

  it.each([
    ['changed_amount', ['amount']],
    ['changed_oid', ['reference']],
  ])('what the right hash of another order says is contradicted: %s', async (variant, found) => {
    merchant.decide = () => 'fault';
    const { attempt } = await visit();
    await act(attempt, 'forge', { variant });
    const [reading] = merchant.readings;
    if (reading?.trust !== 'verified') throw new Error('Not verified.');
    expect(contradictions(reading.message, attempt)).toEqual(found);
    expect(await ledger(attempt)).toMatchObject({ state: 'open' });
  });

  it.each([
    ['down', 'unreachable'],
    ['error', 'server_error'],
    ['nonsense', 'invalid_answer'],
  ])('an API that is %s is unknown, never none', async (api, reason) => {
    const { attempt } = await visit();
    await act(attempt, 'pay');
    await setMode({ api });
    expect(await gateway.inquire(attempt)).toEqual({ state: 'unknown', detail: reason });
    await expect(gateway.capture(attempt)).rejects.toMatchObject({ retryable: true, effect: 'unknown' });
    await setMode({ normal: true });
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'captured' });
  });

  it('a slow API costs its time and no more', async () => {
    const hurried = createCmiGateway({ ...options, timeoutMs: 120, orderTimeoutMs: 80, retries: 0 });
    const { attempt } = await visit();
    await setMode({ api: 'slow', apiDelayMs: 60_000 });
    expect(await hurried.inquire(attempt)).toEqual({ state: 'unknown', detail: 'timeout' });
    await expect(hurried.capture(attempt)).rejects.toMatchObject({ reason: 'timeout', effect: 'unknown' });
  });

  it('a capture whose answer was lost is found done', async () => {
    merchant.decide = () => 'later';
    const { attempt } = await visit();
    await act(attempt, 'pay');
    await setMode({ api: 'lost', calls: 1 });
    await expect(gateway.capture(attempt)).rejects.toBeInstanceOf(GatewayUnavailableError);
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'captured' });
    expect(await gateway.capture(attempt)).toMatchObject({ repeated: true });
  });

  it('refused credentials are no refusal of the payment', async () => {
    const stranger = createCmiGateway({ ...options, apiPassword: 'wrong' });
    const { attempt } = await visit();
    expect(await stranger.inquire(attempt)).toMatchObject({ state: 'unknown' });
    await expect(stranger.void(attempt)).rejects.toMatchObject({ code: 'authentication_failed' });
  });

  it('the circuit opens after failures in a row, and an order then has no effect', async () => {
    const circuits: string[] = [];
    const fragile = createCmiGateway({
      ...options,
      retries: 0,
      failuresToOpen: 2,
      onCircuit: (circuit) => circuits.push(circuit),
    });
    const { attempt } = await visit();
    await setMode({ api: 'error' });
    await fragile.inquire(attempt);
    await fragile.inquire(attempt);
    expect(await fragile.inquire(attempt)).toEqual({ state: 'unknown', detail: 'circuit_open' });
    await expect(fragile.capture(attempt)).rejects.toMatchObject({ reason: 'circuit_open', effect: 'none' });
    expect(circuits).toEqual(['open']);
  });
});

it('refuses settings that can not work', () => {
  expect(() => createCmiGateway({ ...options, storeKey: '' })).toThrow('storeKey');
  expect(() => createCmiGateway({ ...options, failUrl: options.okUrl })).toThrow('okUrl');
  expect(() => createCmiGateway({ ...options, apiUrl: 'nowhere' })).toThrow('apiUrl');
});

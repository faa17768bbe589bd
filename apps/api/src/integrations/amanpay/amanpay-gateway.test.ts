import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contradictions } from '../payment-gateway/attempt-checks.ts';
import type { KnownAttempt, PaymentAttempt, PaymentGateway } from '../payment-gateway/payment-gateway.ts';
import { attemptOf, type Merchant, startMerchant } from '../payment-gateway/testing/merchant.ts';
import { createAmanPayGateway } from './amanpay-gateway.ts';
import type { AmanPayOptions } from './amanpay-settings.ts';
import { codeChecksum, widgetHmac } from './amanpay-signature.ts';
import { amanPayOptions } from './testing/amanpay-options.ts';

let merchant: Merchant;
let options: AmanPayOptions;
let gateway: PaymentGateway;

beforeAll(async () => {
  merchant = await startMerchant();
  options = { ...amanPayOptions(merchant.sandbox.url, merchant.url), failuresToOpen: 100, timeoutMs: 3_000 };
});
afterAll(() => merchant.stop());
beforeEach(async () => {
  await merchant.control('POST', '/api/reset');
  merchant.readings.length = 0;
  merchant.decide = () => 'take';
  gateway = createAmanPayGateway(options);
  merchant.serve(gateway);
});

const visit = async (channel: 'card' | 'direct_debit' = 'card', changes: Partial<PaymentAttempt> = {}) => {
  const attempt = attemptOf(channel, changes);
  const page = await merchant.submit(await gateway.startAttempt(attempt));
  return { attempt, page };
};
const code = async (changes: Partial<PaymentAttempt> = {}) => {
  const attempt = attemptOf('cash_code', changes);
  const started = await gateway.startAttempt(attempt);
  if (started.type !== 'reference') throw new Error('Not a reference.');
  return { attempt, started, known: { ...attempt, gatewayReference: started.reference } };
};
const act = (attempt: KnownAttempt, action: string, body?: unknown) =>
  merchant.control('POST', `/api/amanpay/orders/${attempt.reference}/${action}`, body);
const setMode = (body: Record<string, unknown>) => merchant.control('PUT', '/api/amanpay/mode', body);
const messageOf = (index = 0) => {
  const reading = merchant.readings[index];
  if (reading?.trust !== 'verified') throw new Error(`Not verified: ${JSON.stringify(reading)}`);
  return reading.message;
};

describe('signatures', () => {
  it('has the reference’s values', () => {
    expect(
      widgetHmac(
        { merchantId: '100001', orderId: 'PN-0000032241', amountCentimes: 84_000, currency: 'MAD' },
        'TEST_AMANPAY_SECRET',
      ),
    ).toBe('aac4e7942f79b409c301d291e8cbb99c933aeee9');
    expect(
      codeChecksum(
        { requestDate: '20240102101112', organismId: '100', serviceId: '200', orderId: 'PN-0000032241' },
        'TEST_M2T_SECRET',
      ),
    ).toBe('a1c2eb4bc60fb1b69fbd80aa7dc5de5d');
  });
});

describe('the page', () => {
  it('is opened by a signed form, and paid with a card', async () => {
    const { attempt, page } = await visit();
    expect(page.status).toBe(200);
    expect(page.text).toContain(attempt.reference);
    expect(page.text).toContain('840.00');
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'pending' });
    expect(await act(attempt, 'pay')).toMatchObject({ answers: [{ status: 200, body: 'OK' }] });
    const message = messageOf();
    expect(message).toMatchObject({
      attemptReference: attempt.reference,
      outcome: 'captured',
      mustInquire: true,
    });
    expect(contradictions(message, attempt)).toEqual([]);
    expect(await gateway.inquire(attempt)).toMatchObject({
      state: 'captured',
      amountCentimes: 84_000,
      currency: 'MAD',
      gatewayTransactionId: message.gatewayTransactionId,
    });
  });

  it('refuses a form whose amount was changed', async () => {
    const started = await gateway.startAttempt(attemptOf('card'));
    if (started.type !== 'redirect') throw new Error('Not a redirect.');
    const fields = started.fields.map(([name, value]) => [name, name === 'amount' ? '100' : value] as const);
    expect((await merchant.submit({ ...started, fields })).text).toContain('hmac');
    expect(JSON.stringify(started)).not.toContain(options.secret);
  });

  it.each([
    ['refuse', 'refused'],
    ['cancel', 'cancelled'],
    ['expire', 'expired'],
  ])('%s ends as %s', async (action, state) => {
    const { attempt } = await visit();
    await act(attempt, action);
    expect(messageOf().outcome).toBe(state);
    expect(await gateway.inquire(attempt)).toMatchObject({ state });
  });

  it('a direct debit waits for days, is paid, and may come back', async () => {
    const { attempt } = await visit('direct_debit');
    await act(attempt, 'debit');
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'pending' });
    expect(merchant.readings).toEqual([]);
    await act(attempt, 'pay');
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'captured' });
    await act(attempt, 'reverse');
    expect(messageOf(1)).toMatchObject({ outcome: 'reversed', mustInquire: true });
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'reversed', amountCentimes: 84_000 });
    const text = await (await fetch(`${merchant.sandbox.url}/api/amanpay/settlement.csv`)).text();
    const { rows, faults } = gateway.parseSettlementFile(Buffer.from(text));
    expect(faults).toEqual([]);
    expect(rows.map(({ kind, amountCentimes }) => [kind, amountCentimes])).toEqual([
      ['payment', 84_000],
      ['reversal', 84_000],
    ]);
  });

  it('a direct debit may fail after days', async () => {
    const { attempt } = await visit('direct_debit');
    await act(attempt, 'debit');
    await act(attempt, 'refuse');
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'refused' });
  });
});

describe('the code', () => {
  it('is given, shown at the agency and paid there', async () => {
    const { attempt, started, known } = await code();
    expect(started.reference).toMatch(/^\d{9}$/);
    expect(started.expiresAt).toEqual(attempt.expiresAt);
    const agency = await fetch(`${merchant.sandbox.url}/amanpay/agency?code=${started.reference}`);
    expect(await agency.text()).toContain('840.00 MAD');
    await act(attempt, 'pay');
    expect(messageOf()).toMatchObject({ outcome: 'captured', gatewayReference: started.reference });
    expect(await gateway.inquire(known)).toMatchObject({ state: 'captured', amountCentimes: 84_000 });
  });

  it('lives 15 days at most, and our own time otherwise', async () => {
    const now = Date.now();
    const { started } = await code({ expiresAt: new Date(now + 40 * 86_400_000) });
    expect(started.expiresAt.getTime() - now).toBeLessThanOrEqual(15 * 86_400_000 + 60_000);
    expect(started.expiresAt.getTime() - now).toBeGreaterThan(14 * 86_400_000);
  });

  it('whose answer was lost is unknown, and found by our reference', async () => {
    const attempt = attemptOf('cash_code');
    await setMode({ api: 'lost', calls: 1, reference: attempt.reference });
    await expect(gateway.startAttempt(attempt)).rejects.toMatchObject({ effect: 'unknown', retryable: true });
    expect(await gateway.inquire(attempt)).toMatchObject({
      state: 'pending',
      gatewayReference: expect.stringMatching(/^\d{9}$/),
    });
  });

  it('is refused for good with a wrong checksum, or when the order has one', async () => {
    const stranger = createAmanPayGateway({ ...options, codeSecret: 'another' });
    await expect(stranger.startAttempt(attemptOf('cash_code'))).rejects.toMatchObject({ code: 'refused' });
    const { attempt } = await code();
    await expect(gateway.startAttempt(attempt)).rejects.toMatchObject({ code: 'reference_in_use' });
  });
});

describe('faults', () => {
  it('a notification that is not acknowledged comes again', async () => {
    merchant.decide = () => (merchant.readings.length < 2 ? 'later' : 'take');
    const { attempt } = await visit();
    expect(await act(attempt, 'pay')).toMatchObject({ answers: [{ status: 503 }] });
    await expect.poll(() => merchant.readings.length, { timeout: 10_000 }).toBe(2);
    expect(merchant.readings[0]?.record.sha256).toBe(merchant.readings[1]?.record.sha256);
  });

  it('duplicated and reordered notifications say the same', async () => {
    await setMode({ copies: 4, callbacks: 'hold' });
    const { attempt } = await visit('direct_debit');
    await act(attempt, 'debit');
    await act(attempt, 'pay');
    await act(attempt, 'reverse');
    await merchant.control('POST', '/api/amanpay/callbacks/release', { order: 'reverse' });
    expect([messageOf(0).outcome, messageOf(7).outcome]).toEqual(['reversed', 'captured']);
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'reversed' });
  });

  it('another amount than asked is seen', async () => {
    await setMode({ amountCentimes: 100 });
    const { attempt } = await visit();
    await act(attempt, 'pay');
    expect(contradictions(messageOf(), attempt)).toEqual(['amount']);
    expect(contradictions(await gateway.inquire(attempt), attempt)).toEqual(['amount']);
  });

  it.each([
    ['wrong_hmac', 'rejected', 'wrong_signature'],
    ['unsigned', 'rejected', 'missing_signature'],
    ['changed_body', 'rejected', 'wrong_signature'],
    ['changed_merchant', 'unverified', 'not_as_sent'],
  ])('a forgery is nothing: %s', async (variant, trust, reason) => {
    const { attempt } = await visit();
    expect(await act(attempt, 'forge', { variant })).toMatchObject({ answers: [{ status: 400 }] });
    expect(merchant.readings).toMatchObject([{ trust, reason }]);
  });

  it.each([
    ['changed_amount', 'amount'],
    ['changed_currency', 'currency'],
    ['changed_order', 'reference'],
  ])('%s is contradicted', async (variant, found) => {
    const { attempt } = await visit();
    await act(attempt, 'forge', { variant });
    expect(contradictions(messageOf(), attempt)).toEqual([found]);
  });

  it('a signed lie is undone by the inquiry', async () => {
    const { attempt } = await visit();
    await act(attempt, 'forge', { variant: 'not_paid' });
    expect(messageOf()).toMatchObject({ outcome: 'captured', mustInquire: true });
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'pending' });
  });

  it.each([
    ['down', 'unreachable'],
    ['error', 'server_error'],
    ['nonsense', 'invalid_answer'],
  ])('an API that is %s is unknown, never none', async (api, reason) => {
    const { attempt } = await visit();
    await setMode({ api, reference: attempt.reference });
    expect(await gateway.inquire(attempt)).toEqual({ state: 'unknown', detail: reason });
  });

  it('an order that it never saw is none', async () => {
    expect(await gateway.inquire(attemptOf('card'))).toEqual({ state: 'none' });
  });

  it('by the manual contract nothing is believed and nothing asked', async () => {
    const manual = createAmanPayGateway({ ...options, contract: 'manual' });
    merchant.serve(manual);
    const { attempt } = await visit();
    expect(await act(attempt, 'pay')).toMatchObject({ answers: [{ status: 400 }] });
    expect(await manual.inquire(attempt)).toEqual({ state: 'unknown', detail: 'manual' });
  });
});

it('refuses settings that can not work', () => {
  expect(() => createAmanPayGateway({ ...options, secret: '' })).toThrow('secret');
  expect(() => createAmanPayGateway({ ...options, widgetUrl: 'x' })).toThrow('widgetUrl');
});

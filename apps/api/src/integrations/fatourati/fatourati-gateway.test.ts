import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { contradictions } from '../payment-gateway/attempt-checks.ts';
import type { KnownAttempt, PaymentAttempt, PaymentGateway } from '../payment-gateway/payment-gateway.ts';
import { attemptOf, type Merchant, startMerchant } from '../payment-gateway/testing/merchant.ts';
import { createFatouratiGateway } from './fatourati-gateway.ts';
import type { FatouratiOptions } from './fatourati-settings.ts';
import { fatouratiOptions } from './testing/fatourati-options.ts';

let merchant: Merchant;
let options: FatouratiOptions;
let gateway: PaymentGateway;

beforeAll(async () => {
  merchant = await startMerchant();
  options = {
    ...fatouratiOptions(merchant.sandbox.url, merchant.url),
    failuresToOpen: 100,
    timeoutMs: 3_000,
  };
});
afterAll(() => merchant.stop());
beforeEach(async () => {
  await merchant.control('POST', '/api/reset');
  merchant.readings.length = 0;
  merchant.decide = () => 'take';
  gateway = createFatouratiGateway(options);
  merchant.serve(gateway);
});

const start = async (changes: Partial<PaymentAttempt> = {}) => {
  const attempt = attemptOf('bank_reference', changes);
  const started = await gateway.startAttempt(attempt);
  if (started.type !== 'reference') throw new Error('Not a reference.');
  return { attempt, started, known: { ...attempt, gatewayReference: started.reference } };
};
const act = (attempt: KnownAttempt, action: string, body?: unknown) =>
  merchant.control('POST', `/api/fatourati/orders/${attempt.reference}/${action}`, body);
const setMode = (body: Record<string, unknown>) => merchant.control('PUT', '/api/fatourati/mode', body);
const messageOf = (index = 0) => {
  const reading = merchant.readings[index];
  if (reading?.trust !== 'verified') throw new Error(`Not verified: ${JSON.stringify(reading)}`);
  return reading.message;
};

describe('a reference', () => {
  it('is created with its expiry, its image and where it is paid', async () => {
    const { attempt, started } = await start();
    expect(started).toMatchObject({
      reference: expect.stringMatching(/^\d{13}$/),
      expiresAt: attempt.expiresAt,
      qrCode: expect.stringMatching(/^data:image\/png;base64,/),
    });
    expect(started.paidAt).toHaveLength(2);
    expect(await gateway.inquire(attempt)).toEqual({ state: 'pending', gatewayReference: started.reference });
  });

  it('shows amounts that no float spoils', async () => {
    for (const amountCentimes of [1, 10, 1_999, 100_000_001]) {
      const { attempt } = await start({ amountCentimes, lines: [] });
      expect(await merchant.control('GET', `/api/fatourati/orders/${attempt.reference}`)).toMatchObject({
        amount: amountCentimes,
      });
    }
  });

  it('is paid: we are told, and believe the inquiry alone', async () => {
    const { attempt, known } = await start();
    expect(await act(attempt, 'pay')).toMatchObject({
      answers: [{ status: 200, body: '{"receiptNumber":"R-1"}' }],
    });
    const message = messageOf();
    expect(message).toMatchObject({
      attemptReference: attempt.reference,
      outcome: 'captured',
      mustInquire: true,
      gatewayReference: known.gatewayReference,
    });
    expect(contradictions(message, attempt)).toEqual([]);
    const transaction = message.gatewayTransactionId ?? '';
    const inquiry = await gateway.inquire({ ...known, gatewayTransactionId: transaction });
    expect(inquiry).toMatchObject({
      state: 'captured',
      amountCentimes: 84_000,
      currency: 'MAD',
      gatewayTransactionId: transaction,
    });
    // Also with nothing but our own reference.
    expect(await gateway.inquire(attempt)).toMatchObject({ state: 'captured', amountCentimes: 84_000 });
    const page = await fetch(`${merchant.sandbox.url}/fatourati/pay?reference=${known.gatewayReference}`);
    expect(await page.text()).toContain('Payer une deuxième fois');
  });

  it('is refused by the bank, and stays payable', async () => {
    const { attempt, known } = await start();
    await act(attempt, 'refuse');
    expect(messageOf()).toMatchObject({ outcome: 'refused', mustInquire: true });
    expect(await gateway.inquire(known)).toMatchObject({ state: 'pending' });
    await act(attempt, 'pay');
    expect(await gateway.inquire(known)).toMatchObject({ state: 'captured' });
  });

  it('is cancelled after it was paid', async () => {
    const { attempt, known } = await start();
    await act(attempt, 'pay');
    expect(await act(attempt, 'cancel')).toMatchObject({ answers: [{ status: 200, body: '{}' }] });
    expect(messageOf(1)).toMatchObject({ notice: 'cancellation', outcome: 'cancelled', mustInquire: true });
    expect(await gateway.inquire(known)).toMatchObject({ state: 'cancelled' });
  });

  it('expires', async () => {
    const { attempt, known } = await start();
    await act(attempt, 'expire');
    expect(await gateway.inquire(known)).toMatchObject({ state: 'expired' });
    await expect(act(attempt, 'pay')).rejects.toThrow('409');
  });

  it('can be paid twice: two transactions, each with its number', async () => {
    const { attempt } = await start();
    await act(attempt, 'pay');
    await act(attempt, 'pay');
    expect(messageOf(0).gatewayTransactionId).not.toBe(messageOf(1).gatewayTransactionId);
    expect(messageOf(0).gatewayReference).toBe(messageOf(1).gatewayReference);
  });

  it('is unknown to the gateway when it was never created', async () => {
    expect(await gateway.inquire(attemptOf('bank_reference'))).toEqual({ state: 'none' });
  });

  it('is refused for good when the order has one already', async () => {
    const { attempt } = await start();
    await expect(gateway.startAttempt(attempt)).rejects.toMatchObject({
      code: 'reference_in_use',
      retryable: false,
    });
  });

  it('stands in the settlement file', async () => {
    const { attempt } = await start();
    await act(attempt, 'pay');
    await merchant.control('POST', '/api/fatourati/settle');
    const text = await (await fetch(`${merchant.sandbox.url}/api/fatourati/settlement.csv`)).text();
    expect(gateway.parseSettlementFile(Buffer.from(text))).toEqual({
      faults: [],
      rows: [
        expect.objectContaining({
          attemptReference: attempt.reference,
          gatewayTransactionId: messageOf().gatewayTransactionId,
          kind: 'payment',
          amountCentimes: 84_000,
          currency: 'MAD',
        }),
      ],
    });
  });
});

describe('the status question', () => {
  it('is answered with the status and nothing else', async () => {
    const { attempt } = await start();
    expect(await act(attempt, 'ask-status')).toEqual({ status: 200, body: '{"status":"PENDING"}' });
  });
  it.each([
    '',
    'token_ref=1000300000071',
    'token_ref=1&order_id=PN-1-1',
    'token_ref=1000300000071&order_id=PN-1-1&order_id=x',
  ])('is not read without both references: %j', (query) => {
    expect(gateway.readStatusQuestion?.(new URLSearchParams(query))).toBeUndefined();
  });
});

describe('faults', () => {
  it('a creation whose answer was lost is unknown, and found by our reference', async () => {
    await setMode({ api: 'lost', calls: 1 });
    const attempt = attemptOf('bank_reference');
    await expect(gateway.startAttempt(attempt)).rejects.toMatchObject({ retryable: true, effect: 'unknown' });
    const found = await gateway.inquire(attempt);
    expect(found).toMatchObject({ state: 'pending', gatewayReference: expect.stringMatching(/^\d{13}$/) });
  });

  it('a creation that timed out is unknown', async () => {
    const hurried = createFatouratiGateway({ ...options, orderTimeoutMs: 100 });
    const attempt = attemptOf('bank_reference');
    await setMode({ api: 'slow', apiDelayMs: 60_000, reference: attempt.reference });
    await expect(hurried.startAttempt(attempt)).rejects.toMatchObject({
      reason: 'timeout',
      effect: 'unknown',
    });
  });

  it('a creation without an access token has no effect', async () => {
    await setMode({ api: 'error', reference: 'oauth' });
    const attempt = attemptOf('bank_reference');
    await expect(gateway.startAttempt(attempt)).rejects.toMatchObject({
      reason: 'server_error',
      effect: 'none',
    });
    const stranger = createFatouratiGateway({ ...options, clientSecret: 'wrong' });
    await setMode({ normal: true });
    await expect(stranger.startAttempt(attempt)).rejects.toMatchObject({
      reason: 'access_denied',
      effect: 'none',
    });
  });

  it('a caller who left asks nothing', async () => {
    const gone = AbortSignal.abort();
    const attempt = attemptOf('bank_reference');
    await expect(gateway.startAttempt(attempt, gone)).rejects.toMatchObject({
      reason: 'cancelled',
      effect: 'none',
    });
    expect(await gateway.inquire(attempt, gone)).toEqual({ state: 'unknown', detail: 'cancelled' });
    expect(await gateway.inquire(attempt)).toEqual({ state: 'none' });
  });

  it('a creation that nobody hears has no effect', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = z.object({ port: z.number() }).parse(closed.address());
    closed.close();
    await once(closed, 'close');
    const deaf = createFatouratiGateway({ ...options, apiUrl: `http://127.0.0.1:${port}` });
    await expect(deaf.startAttempt(attemptOf('bank_reference'))).rejects.toMatchObject({
      reason: 'unreachable',
      effect: 'none',
    });
  });

  it('a creation signed with another key is refused for good', async () => {
    const stranger = createFatouratiGateway({ ...options, storeApiKey: 'another' });
    await expect(stranger.startAttempt(attemptOf('bank_reference'))).rejects.toMatchObject({
      code: 'refused',
      detail: expect.stringContaining('SIGNATURE_INVALID'),
    });
  });

  it('asks for an access token once, until it is old or refused', async () => {
    let time = Date.now();
    const asked = vi.fn<() => void>();
    const counting = createFatouratiGateway({
      ...options,
      now: () => new Date(time),
      onCall: ({ operation }) => {
        if (operation === 'token') asked();
      },
    });
    const attempt = attemptOf('bank_reference', { expiresAt: new Date(time + 7_200_000) });
    await Promise.all([counting.inquire(attempt), counting.inquire(attempt), counting.startAttempt(attempt)]);
    expect(asked).toHaveBeenCalledTimes(1);
    time += 240_000;
    await counting.inquire(attempt);
    expect(asked).toHaveBeenCalledTimes(1);
    time += 31_000;
    await counting.inquire(attempt);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('takes a new token when the API refuses the one it gave', async () => {
    let refusals = 0;
    const gatewayOnce = createFatouratiGateway({
      ...options,
      fetch: async (input, init) => {
        const isApi = input instanceof URL && input.pathname.includes('/api/v1/');
        if (isApi && refusals === 0) {
          refusals += 1;
          return new Response('{}', { status: 401 });
        }
        return fetch(input, init);
      },
    });
    await expect(gatewayOnce.startAttempt(attemptOf('bank_reference'))).resolves.toMatchObject({
      type: 'reference',
    });
  });

  it.each([
    ['down', 'unreachable'],
    ['error', 'server_error'],
    ['nonsense', 'invalid_answer'],
  ])('an API that is %s is unknown, never none', async (api, reason) => {
    const { known } = await start();
    await setMode({ api, reference: known.reference });
    expect(await gateway.inquire(known)).toEqual({ state: 'unknown', detail: reason });
  });

  it('duplicated, held and reordered notices say the same', async () => {
    await setMode({ copies: 5, callbacks: 'hold' });
    const { attempt, known } = await start();
    await act(attempt, 'refuse');
    await act(attempt, 'pay');
    await merchant.control('POST', '/api/fatourati/callbacks/release', { order: 'reverse' });
    expect(merchant.readings).toHaveLength(10);
    expect(messageOf(0).outcome).toBe('captured');
    expect(messageOf(9).outcome).toBe('refused');
    expect(
      await gateway.inquire({ ...known, gatewayTransactionId: messageOf(9).gatewayTransactionId ?? '' }),
    ).toMatchObject({
      state: 'captured',
      gatewayTransactionId: messageOf(0).gatewayTransactionId,
    });
  });

  it('a silent gateway is found to be paid', async () => {
    await setMode({ callbacks: 'silent' });
    const { attempt, known } = await start();
    await act(attempt, 'pay');
    expect(await gateway.inquire(known)).toMatchObject({ state: 'captured', amountCentimes: 84_000 });
  });

  it('another amount than asked is seen', async () => {
    await setMode({ amountCentimes: 100 });
    const { attempt, known } = await start();
    await act(attempt, 'pay');
    expect(contradictions(messageOf(), attempt)).toEqual(['amount']);
    expect(contradictions(await gateway.inquire(known), attempt)).toEqual(['amount']);
  });

  it.each([
    ['wrong_signature', 'wrong_signature', 'SIGNATURE_INVALID'],
    ['unsigned', 'missing_signature', 'MISSING_SIGNATURE'],
    ['slid_cancellation', 'wrong_signature', 'SIGNATURE_INVALID'],
    ['blank_operator', 'unreadable', 'INVALID_BODY'],
    ['missing_decision', 'missing_fields', 'INVALID_BODY'],
    ['changed_store', 'not_as_sent', 'INVALID_BODY'],
  ])('a forgery is refused with Fatourati’s code: %s', async (variant, reason, code) => {
    const { attempt, known } = await start();
    const result = (await act(attempt, 'forge', { variant })) as {
      answers: { status: number; body: string }[];
    };
    expect(result.answers).toMatchObject([{ status: 400, body: expect.stringContaining(code) }]);
    expect(merchant.readings).toMatchObject([{ reason }]);
    expect(await gateway.inquire(known)).toMatchObject({ state: 'pending' });
  });

  it.each(['flipped_decision', 'unknown_transaction'])(
    'a rightly signed lie is undone by the inquiry: %s',
    async (variant) => {
      const { attempt, known } = await start();
      await act(attempt, 'forge', { variant });
      const message = messageOf();
      expect(message).toMatchObject({ outcome: 'captured', mustInquire: true });
      const { gatewayTransactionId = '' } = message;
      expect(await gateway.inquire({ ...known, gatewayTransactionId })).toMatchObject({ state: 'pending' });
    },
  );

  it('another order’s transaction is no money of this one', async () => {
    const [mine, other] = [await start(), await start()];
    await act(other.attempt, 'pay');
    const { gatewayTransactionId = '' } = messageOf();
    expect(await gateway.inquire({ ...mine.known, gatewayTransactionId })).toEqual({
      state: 'unknown',
      gatewayReference: mine.known.gatewayReference,
      detail: 'transaction_of_another_order',
    });
    expect(
      await gateway.inquire({ ...mine.attempt, gatewayReference: other.known.gatewayReference }),
    ).toMatchObject({
      state: 'unknown',
    });
  });

  it.each([
    ['changed_amount', 'amount'],
    ['changed_order', 'reference'],
  ])('%s is contradicted', async (variant, found) => {
    merchant.decide = () => 'fault';
    const { attempt } = await start();
    await act(attempt, 'forge', { variant });
    expect(contradictions(messageOf(), attempt)).toEqual([found]);
  });

  it('trouble on our side asks for another try', async () => {
    merchant.decide = () => 'later';
    const { attempt } = await start();
    expect(await act(attempt, 'pay')).toMatchObject({ answers: [{ status: 503 }] });
  });
});

it('refuses settings that can not work', () => {
  expect(() => createFatouratiGateway({ ...options, storeApiKey: ' ' })).toThrow('storeApiKey');
  expect(() => createFatouratiGateway({ ...options, merchantCode: 'a|b' })).toThrow('merchantCode');
});

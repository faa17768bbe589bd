import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ver3 } from '../../../../sandbox/src/cmi/cmi-hash.ts';
import { createAmanPayGateway } from '../amanpay/amanpay-gateway.ts';
import { amanPayOptions } from '../amanpay/testing/amanpay-options.ts';
import { createCmiGateway } from '../cmi/cmi-gateway.ts';
import { cmiOptions } from '../cmi/testing/cmi-options.ts';
import { createFatouratiGateway } from '../fatourati/fatourati-gateway.ts';
import { signFatourati } from '../fatourati/fatourati-signature.ts';
import { fatouratiOptions } from '../fatourati/testing/fatourati-options.ts';
import type { FormField, GatewayNotice, PaymentGateway, RawCallback } from './payment-gateway.ts';
import { attemptOf } from './testing/merchant.ts';

const sandboxUrl = 'http://sandbox.example';
const merchantUrl = 'https://portal.example';
const forCmi = cmiOptions(sandboxUrl, merchantUrl);
const cmi = createCmiGateway(forCmi);
const forFatourati = fatouratiOptions(sandboxUrl, merchantUrl);
const fatourati = createFatouratiGateway(forFatourati);
const forAmanPay = amanPayOptions(sandboxUrl, merchantUrl);
const amanPay = createAmanPayGateway(forAmanPay);

const formOf = (fields: readonly FormField[]): Buffer =>
  Buffer.from(
    fields.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&'),
  );
const formType = 'application/x-www-form-urlencoded; charset=utf-8';
const rawForm = (fields: readonly FormField[]): RawCallback => ({
  body: formOf(fields),
  headers: { 'content-type': formType },
  notice: 'payment',
});

const approval: FormField[] = [
  ['clientid', forCmi.clientId],
  ['storetype', '3D_PAY_HOSTING'],
  ['TranType', 'PreAuth'],
  ['amount', '840.00'],
  ['currency', '504'],
  ['oid', 'PN-0000032241-1'],
  ['ReturnOid', 'PN-0000032241-1'],
  ['okUrl', forCmi.okUrl],
  ['failUrl', forCmi.failUrl],
  ['callbackUrl', forCmi.callbackUrl],
  ['hashAlgorithm', 'ver3'],
  ['ProcReturnCode', '00'],
  ['Response', 'Approved'],
  ['AuthCode', '123456'],
  ['TransId', '24001ABCD00001'],
  ['rnd', 'aB3dE5'],
];
const signed = (fields: readonly FormField[]): FormField[] => [
  ...fields,
  ['HASH', ver3(fields, forCmi.storeKey)],
];

const paymentNotice = {
  merchantCode: forFatourati.merchantCode,
  store: forFatourati.store,
  tokenRef: '1000300000071',
  orderId: 'PN-0000032241-1',
  totalAmount: '840.00',
  currency: '504',
  fatouratiTransactionNumber: '250000000001',
  paymentMode: 'MULTI_CANAL',
  channel: 'M_BANKING',
  operator: 'BANK_X',
  decisionCode: 0,
};
const amanPayNotice = {
  merchantId: forAmanPay.merchantId,
  orderId: 'PN-0000032241-1',
  amount: 84_000,
  currency: 'MAD',
  method: 'card',
  status: 'PAID',
  transactionId: 'AP1',
  token: null,
  occurredAt: '2026-11-21T10:00:00.000Z',
};
const jsonOf = (
  content: unknown,
  header: string,
  signature: string | undefined,
  notice: GatewayNotice = 'payment',
): RawCallback => ({
  body: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
  headers: { 'content-type': 'application/json', ...(signature !== undefined && { [header]: signature }) },
  notice,
});
const sha256 = (text: string, key: string) => createHmac('sha256', key).update(text).digest('hex');

let forged = 0;

/** What is wrong with how a forged callback was received: it must not be verified, nor answered by taking money or with 5xx. */
function faultsOf(gateway: PaymentGateway, raw: RawCallback): string[] {
  forged += 1;
  const reading = gateway.readCallback(raw);
  const { body } = reading.record;
  const answers = (['take', 'do_not_take', 'acknowledge', 'fault'] as const).map((decision) =>
    gateway.answerCallback(reading, decision),
  );
  gateway.readReturn(raw);
  return [
    ...(reading.trust === 'verified' ? ['verified'] : []),
    ...(body.includes('\0') || body.length > 16_000 ? ['not storable'] : []),
    ...(answers.some(({ status }) => status >= 500) ? ['5xx'] : []),
    ...(answers.some(({ body: said }) => /POSTAUTH|receiptNumber|OK/.test(said)) ? ['taken'] : []),
  ];
}

it('what is forged below is verified when it is not', () => {
  expect(cmi.readCallback(rawForm(signed(approval)))).toMatchObject({
    trust: 'verified',
    message: { outcome: 'authorised', amountCentimes: 84_000 },
  });
  const signature = signFatourati('payment', paymentNotice, forFatourati.storeApiKey);
  expect(fatourati.readCallback(jsonOf(paymentNotice, 'x-signature', signature))).toMatchObject({
    trust: 'verified',
  });
  const body = JSON.stringify(amanPayNotice);
  const hmac = sha256(body, forAmanPay.notificationSecret);
  expect(amanPay.readCallback(jsonOf(body, 'x-hmac', hmac))).toMatchObject({ trust: 'verified' });
});

describe('CMI', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 20 });
  const index = fc.nat(approval.length - 1);

  it('1,000 callbacks with one value changed, removed or added and the old hash', () => {
    const change = fc.oneof(
      fc.record({ at: index, value: anyText }),
      fc.record({ at: index, removed: fc.constant(true) }),
      fc.record({ at: index, name: fc.stringMatching(/^[A-Za-z]{1,10}$/), value: fc.constant('x') }),
    );
    fc.assert(
      fc.property(change, (made) => {
        const genuine = signed(approval);
        const target = approval[made.at];
        const changed = genuine.flatMap((field): FormField[] => {
          if (field[0] !== target?.[0]) return [field];
          if ('removed' in made) return [];
          return 'name' in made ? [field, [made.name, made.value]] : [[field[0], made.value]];
        });
        fc.pre(!('name' in made && /^(hash|encoding)$/i.test(made.name)));
        fc.pre('removed' in made || 'name' in made || made.value !== target?.[1]);
        expect(faultsOf(cmi, rawForm(changed))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('1,500 requests of ours, signed by us, renamed into approvals by the payer who holds them', async () => {
    const started = await Promise.all(
      ['Approved', 'Société Exemple', 'Auth', 'شركة مثال'].map((name) =>
        cmi.startAttempt(attemptOf('card', { payer: { name, email: 'a00@b.example' } })),
      ),
    );
    const requests = started.map((one) => (one.type === 'redirect' ? one.fields : []));
    const wanted = [
      'ProcReturnCode',
      'Response',
      'TransId',
      'AuthCode',
      'oid',
      'amount',
      'ReturnOid',
      'mdStatus',
      'currency',
      'okUrl',
      'failUrl',
    ];
    const names = fc.array(fc.oneof(fc.constantFrom(...wanted), fc.constant('')), {
      minLength: 22,
      maxLength: 22,
    });
    fc.assert(
      fc.property(fc.constantFrom(...requests), names, fc.boolean(), (request, given, sorted) => {
        const hash = request.find(([name]) => name === 'HASH')?.[1] ?? '';
        const values = request
          .filter(([name]) => !/^(hash|encoding)$/i.test(name))
          .toSorted(([left], [right]) => (left.toLowerCase() < right.toLowerCase() ? -1 : 1));
        // Names in the same order keep the hash right; a payer chooses any.
        const chosen = values.map(([name], at) => given[at] || name);
        const ordered = sorted
          ? chosen.toSorted((left, right) => (left.toLowerCase() < right.toLowerCase() ? -1 : 1))
          : chosen;
        const renamed = values.map(([, value], at): FormField => [ordered[at] ?? '', value]);
        expect(faultsOf(cmi, rawForm([...renamed, ['HASH', hash]]))).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });

  it('no renaming at all makes an approval of a request, whatever the payer typed', async () => {
    const identifier = /^[\w.-]{1,64}$/;
    // What an approval must say, in the order of the hash: names go up, values stay where they are.
    const needed: ((value: string) => boolean)[] = [
      (value) => value === '840.00',
      (value) => identifier.test(value),
      (value) => value === forCmi.clientId,
      (value) => value === '504',
      (value) => value === forCmi.failUrl,
      (value) => value === 'ver3',
      (value) => /^[A-Za-z0-9-]+$/.test(value),
      (value) => value === forCmi.okUrl,
      (value) => value === '00',
      (value) => value === 'Approved',
      (value) => value === '3D_PAY_HOSTING',
      (value) => identifier.test(value),
      (value) => value === 'PreAuth',
    ];
    const canBecomeApproval = (fields: readonly FormField[]) => {
      const values = fields
        .filter(([name]) => !/^(hash|encoding)$/i.test(name))
        .toSorted(([left], [right]) => (left.toLowerCase() < right.toLowerCase() ? -1 : 1))
        .map(([, value]) => value);
      let met = 0;
      for (const value of values) if (needed[met]?.(value)) met += 1;
      return met === needed.length;
    };
    expect(canBecomeApproval(approval)).toBe(true);
    const typed = fc.oneof(fc.constantFrom('00', 'Approved', '3D_PAY_HOSTING', 'PreAuth'), fc.string());
    await fc.assert(
      fc.asyncProperty(typed, typed, async (name, local) => {
        const payer = { name, email: `${local}@b.example` };
        const started = await cmi.startAttempt(attemptOf('card', { payer }));
        expect(canBecomeApproval(started.type === 'redirect' ? started.fields : approval)).toBe(false);
      }),
    );
  });

  it('vector D: the right hash, and not verified', () => {
    const [request] = [approval];
    const withTel: FormField[] = [
      ...request.filter(
        ([name]) => !/^(ProcReturnCode|Response|AuthCode|TransId|ReturnOid|TranType|storetype)$/.test(name),
      ),
      ['refreshtime', '5'],
      ['sessiontimeout', '1800'],
      ['shopurl', forCmi.shopUrl],
      ['storetype', '3D_PAY_HOSTING'],
      ['tel', '00'],
      ['TranType', 'PreAuth'],
    ];
    const renaming: Record<string, string> = {
      storetype: 'p5',
      tel: 'ProcReturnCode',
      TranType: 'TransId',
      shopurl: 'p4',
      sessiontimeout: 'p3',
      rnd: 'p2',
      refreshtime: 'p1',
    };
    const forged = [
      ...withTel.map(([name, value]): FormField => [renaming[name] ?? name, value]),
      ['HASH', ver3(withTel, forCmi.storeKey)] as const,
    ];
    const reading = cmi.readCallback(rawForm(forged));
    expect(reading).toMatchObject({
      trust: 'unverified',
      reason: 'missing_fields',
      claim: { attemptReference: 'PN-0000032241-1' },
    });
    expect(faultsOf(cmi, rawForm(forged))).toEqual([]);
  });

  it('500 rightly signed approvals of another merchant, shop, currency or form', () => {
    const echoed = [
      'clientid',
      'storetype',
      'TranType',
      'currency',
      'okUrl',
      'failUrl',
      'Response',
      'TransId',
      'AuthCode',
      'hashAlgorithm',
      'oid',
      'amount',
      'ReturnOid',
      'callbackUrl',
    ];
    const value = fc.oneof(
      fc.constantFrom('', ' ', '840', 'Declined', 'x y', 'a|b', '1e3', '-1.00', '0x10', '504 '),
      fc.constant('other value'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...echoed), value, fc.boolean(), (name, other, twice) => {
        // 840 is an amount too, without its places.
        fc.pre(!(name === 'amount' && other === '840' && !twice));
        fc.pre(!twice || name !== 'callbackUrl' || other !== '');
        const changed = approval.flatMap((field): FormField[] => {
          if (field[0] !== name) return [field];
          return twice ? [field, [name.toUpperCase(), other]] : [[name, other]];
        });
        const body = signed(changed);
        const reading = cmi.readCallback(rawForm(body));
        // TransId and AuthCode may be anything that looks like an identifier.
        fc.pre(
          !(
            reading.trust === 'verified' &&
            ['TransId', 'AuthCode'].includes(name) &&
            /^[\w.-]+$/.test(other)
          ),
        );
        expect(faultsOf(cmi, rawForm(body))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('500 bodies that are no form', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(formType, 'text/plain', 'application/json', ''),
        (bytes, type) => {
          expect(
            faultsOf(cmi, {
              body: Buffer.from(bytes),
              headers: { 'content-type': type },
              notice: 'payment',
            }),
          ).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
    expect(
      faultsOf(cmi, {
        body: Buffer.alloc(70_000, 0x61),
        headers: { 'content-type': formType },
        notice: 'payment',
      }),
    ).toEqual([]);
    expect(faultsOf(cmi, { body: Buffer.from('a='.repeat(20_000)), headers: {}, notice: 'payment' })).toEqual(
      [],
    );
    expect(
      faultsOf(cmi, rawForm(Array.from({ length: 1_000 }, (_, at): FormField => [`n${at}`, 'v']))),
    ).toEqual([]);
  });
});

describe('Fatourati', () => {
  const names = Object.keys(paymentNotice) as (keyof typeof paymentNotice)[];
  const value: fc.Arbitrary<unknown> = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.integer(),
    fc.constantFrom(null, undefined, true, [], {}, '', ' ', 'a|b'),
  );

  it('1,000 notices with one value changed, and the old signature or one that skips blanks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), value, fc.boolean(), (name, other, resigned) => {
        const same =
          JSON.stringify(other) === JSON.stringify(paymentNotice[name]) ||
          String(other) === String(paymentNotice[name]);
        fc.pre(!same);
        // The verdict isn't signed: 1 and 2 are rightly signed messages, which settle nothing either.
        fc.pre(!(name === 'decisionCode' && ['0', '1', '2'].includes(String(other))));
        fc.pre(!(name === 'totalAmount' && /^840(\.00?)?$/.test(String(other))));
        const changed = { ...paymentNotice, [name]: other };
        const blank = typeof other !== 'string' || other.trim() === '' || other.includes('|');
        const signature = signFatourati(
          'payment',
          resigned && blank ? { ...paymentNotice, [name]: '' } : paymentNotice,
          forFatourati.storeApiKey,
        );
        expect(faultsOf(fatourati, jsonOf(changed, 'x-signature', signature))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('values that slide between neighbours', () => {
    const signature = signFatourati('payment', paymentNotice, forFatourati.storeApiKey);
    const slid = { ...paymentNotice, operator: '', channel: 'BANK_X|M_BANKING' };
    expect(signFatourati('payment', slid, forFatourati.storeApiKey)).toBe(signature);
    expect(faultsOf(fatourati, jsonOf(slid, 'x-signature', signature))).toEqual([]);
    const cancellation = signFatourati('cancellation', paymentNotice, forFatourati.storeApiKey);
    expect(faultsOf(fatourati, jsonOf(paymentNotice, 'x-signature', cancellation))).toEqual([]);
    expect(faultsOf(fatourati, jsonOf(paymentNotice, 'x-signature', signature, 'cancellation'))).toEqual([]);
    expect(
      faultsOf(
        fatourati,
        jsonOf({ ...paymentNotice, operator: '', channel: '', paymentMode: '' }, 'x-signature', cancellation),
      ),
    ).toEqual([]);
  });
});

describe('AmanPay', () => {
  it('1,000 notifications changed after they were signed, or signed with another key', () => {
    const names = Object.keys(amanPayNotice) as (keyof typeof amanPayNotice)[];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), fc.boolean(), (name, other, rekeyed) => {
        const genuine = JSON.stringify(amanPayNotice);
        const changed = JSON.stringify({ ...amanPayNotice, [name]: other });
        fc.pre(rekeyed || changed !== genuine);
        const hmac = rekeyed ? sha256(changed, 'another') : sha256(genuine, forAmanPay.notificationSecret);
        expect(faultsOf(amanPay, jsonOf(changed, 'x-hmac', hmac))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('500 bodies that are rightly signed and no notification', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (body) => {
        expect(
          faultsOf(amanPay, jsonOf(body, 'x-hmac', sha256(body, forAmanPay.notificationSecret))),
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

it('are 5,000 and more', () => {
  expect(forged).toBeGreaterThan(5_000);
});

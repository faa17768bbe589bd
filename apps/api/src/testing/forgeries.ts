import { createHmac } from 'node:crypto';
import { sandboxAmanPayMerchant } from '@rnoce/sandbox/amanpay/amanpay-merchant';
import { forgedFields, resultFields } from '@rnoce/sandbox/cmi/cmi-callback';
import { type Fields, ver3 } from '@rnoce/sandbox/cmi/cmi-hash';
import { sandboxCmiMerchant } from '@rnoce/sandbox/cmi/cmi-merchant';
import type { CmiOrder } from '@rnoce/sandbox/cmi/cmi-order';
import { sandboxFatouratiMerchant } from '@rnoce/sandbox/fatourati/fatourati-merchant';
import {
  cancellationSignature,
  type PaymentFields,
  paymentSignature,
} from '@rnoce/sandbox/fatourati/fatourati-order';
import type { Chance } from './chance.ts';

/** A request as a liar sends it. */
export interface Forged {
  /** Under `/api/v1/gateways/`. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

const formType = 'application/x-www-form-urlencoded; charset=utf-8';
const form = (fields: Fields): Forged => ({
  path: 'cmi/callback',
  headers: { 'content-type': formType },
  body: Buffer.from(
    fields.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&'),
  ),
});
const { storeKey } = sandboxCmiMerchant;
const signed = (fields: Fields, key = storeKey): Fields => [...fields, ['HASH', ver3(fields, key)]];
const unsigned = (fields: Fields): Fields =>
  fields.filter(([name]) => !['hash', 'encoding'].includes(name.toLowerCase()));
const changed = (fields: Fields, name: string, value: string): Fields =>
  fields.map((field) => (field[0] === name ? [name, value] : field));
const hashOf = (fields: Fields) => fields.filter(([name]) => name.toLowerCase() === 'hash');

/** A card payment that nobody made, as the bank would know it. */
const cardOrder = (oid: string, amount: number, request: Fields): CmiOrder => ({
  oid,
  amount,
  request: request.map(([name, value]) => [name, value]),
  state: 'A',
  authorised: amount,
  captured: 0,
  refunded: 0,
  openedAt: '',
  expiresAt: '',
  changedAt: '',
  transId: '26001FRGD0000001',
  authCode: '123456',
  hostRefNum: '400100000001',
  maskedPan: '400000***0010',
  mdStatus: '1',
  movements: [],
  voidOnCapture: false,
});

/** What an approval must carry under its very name (reference/payment-gateways.md §1.2, b). */
const demanded = [
  'clientid',
  'storetype',
  'TranType',
  'currency',
  'okUrl',
  'failUrl',
  'oid',
  'amount',
  'ProcReturnCode',
  'Response',
  'AuthCode',
  'TransId',
  'hashAlgorithm',
];
const callbackNames = [
  ...demanded,
  'ReturnOid',
  'ErrMsg',
  'HostRefNum',
  'mdStatus',
  'MaskedPan',
  'cardHolderName',
  'clientIp',
  'callbackCall',
  'rnd',
  'callbackUrl',
  'md',
  'xid',
  'eci',
  'cavv',
  'txstatus',
  'SettleId',
];
const letters = Array.from({ length: 26 }, (_, rank) => String.fromCharCode(97 + rank));
const fillers = letters.flatMap((first) => letters.map((second) => `${first}${second}`));

/** Our own signed request, its fields renamed so that their order, and with it the hash, stays: the family of vector D. */
function renamedRequest(chance: Chance, request: Fields): Fields {
  const sorted = unsigned(request).toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const low = (name: string) => name.toLowerCase();
  const pool = [
    ...new Map([...fillers, ...callbackNames].map((name) => [low(name), name])).values(),
  ].toSorted((a, b) => (low(a) < low(b) ? -1 : 1));
  // The order that it is about keeps its place, and often the amount too: else nobody would look at it.
  const kept = new Set(chance.below(4) === 0 ? ['oid'] : ['amount', 'oid']);
  const names: string[] = [];
  let from = '';
  for (let index = 0; index < sorted.length; ) {
    const anchor = sorted.findIndex(([name], at) => at >= index && kept.has(name));
    const end = anchor < 0 ? sorted.length : anchor;
    const to = anchor < 0 ? '~' : low(sorted[anchor]?.[0] ?? '');
    const between = pool.filter((name) => low(name) > from && low(name) < to);
    const drawn = new Set(chance.shuffle(between).slice(0, end - index));
    // Names that an approval needs come in more often than chance would have it.
    for (const name of demanded)
      if (between.includes(name) && !drawn.has(name) && chance.below(2) === 0) {
        const loser = [...drawn].find((one) => fillers.includes(one));
        if (loser === undefined) continue;
        drawn.delete(loser);
        drawn.add(name);
      }
    const placed = between.filter((name) => drawn.has(name));
    if (placed.length < end - index) return renamedRequest(chance, request);
    names.push(...placed);
    if (anchor >= 0) names.push(sorted[anchor]?.[0] ?? '');
    from = to;
    index = end + 1;
  }
  return [...sorted.map(([, value], at) => [names[at] ?? '', value] as const), ...hashOf(request)];
}

const otherValues = [
  '',
  ' ',
  '840',
  '978',
  'Declined',
  'x y',
  'a|b',
  '\\',
  '1e3',
  '-1.00',
  '0x10',
  '504 ',
  '00',
  '0',
  'é',
];
const otherAmounts = (amount: string) => [
  '0.01',
  `${amount}0`,
  `1${amount}`,
  `-${amount}`,
  '8.4e2',
  '',
  'NaN',
  amount.replace('.', ','),
];

export interface CardVictim {
  readonly reference: string;
  readonly amountCentimes: number;
  /** The form that the payer's browser was given. */
  readonly request: Fields;
  /** A true refusal of the payment, as CMI sent it. */
  readonly refusal: Fields;
}

/** So many forgeries of each kind, about payments that the bank doesn't hold. `paid`: a true approval, of another order. */
export function cardForgeries(chance: Chance, victims: readonly CardVictim[], paid: Fields): Forged[] {
  const now = new Date('2026-11-22T10:00:00Z');
  const times = (count: number, make: (victim: CardVictim, approval: Fields) => Fields): Forged[] =>
    Array.from({ length: count }, () => {
      const victim = chance.pick(victims);
      const order = cardOrder(victim.reference, victim.amountCentimes, victim.request);
      order.transId = `26001FRGD${String(chance.below(1e7)).padStart(7, '0')}`;
      const approval = resultFields(order, { code: '00', message: '' }, storeKey, now);
      return form(make(victim, approval));
    });
  const rename = (fields: Fields, name: string, to: string): Fields =>
    fields.map((field) => (field[0] === name ? [to, field[1]] : field));
  return [
    ...times(1000, ({ request }) => renamedRequest(chance, request)),
    ...times(20, ({ reference, amountCentimes, request }) =>
      forgedFields(cardOrder(reference, amountCentimes, request), 'renamed_fields', storeKey, now),
    ),
    // The right hash of another order, on this one.
    ...times(200, ({ reference }) =>
      chance.shuffle(changed(changed(paid, 'oid', reference), 'ReturnOid', reference)),
    ),
    ...times(100, ({ refusal }, approval) => [
      ...unsigned(approval),
      ...hashOf(chance.pick([refusal, paid])),
    ]),
    // A field renamed, a letter away or anywhere; dropped; twice; more of them.
    ...times(400, (_, approval) => {
      const name = chance.pick(demanded);
      return rename(approval, name, chance.pick([`${name}x`, `${name}_`, `x${name}`, chance.pick(fillers)]));
    }),
    ...times(200, (_, approval) => {
      const name = chance.pick(demanded);
      const rest = approval.filter((field) => field[0] !== name);
      return chance.below(2) === 0 ? rest : signed(unsigned(rest));
    }),
    ...times(200, (_, approval) => {
      const name = chance.pick(demanded);
      const twin: Fields[number] = [
        chance.pick([name, name.toUpperCase(), name.toLowerCase()]),
        chance.pick(otherValues),
      ];
      const both = chance.below(2) === 0 ? [...approval, twin] : [twin, ...approval];
      return chance.below(2) === 0 ? both : signed(unsigned(both));
    }),
    ...times(100, (_, approval) => [...approval, [chance.pick(fillers), chance.pick(otherValues)]]),
    // A value changed under the old hash.
    ...times(300, (_, approval) => {
      const name = chance.pick(demanded);
      return changed(approval, name, `${chance.pick(otherValues)}!`);
    }),
    ...times(200, ({ refusal }) =>
      changed(
        changed(changed(refusal, 'ProcReturnCode', '00'), 'Response', chance.pick(['Approved', 'Declined'])),
        'AuthCode',
        String(chance.below(1e6)),
      ),
    ),
    ...times(100, ({ refusal }) =>
      rename(refusal, chance.pick(['ErrMsg', 'mdStatus', 'ProcReturnCode']), chance.pick(fillers)),
    ),
    // No hash, another one, one of another environment.
    ...times(200, (_, approval) => {
      const [[name, hash] = ['HASH', '']] = hashOf(approval);
      const other = chance.pick([
        '',
        hash.toLowerCase(),
        hash.slice(0, -4),
        `${hash}=`,
        `${hash.startsWith('A') ? 'B' : 'A'}${hash.slice(1)}`,
        'a'.repeat(5000),
        Buffer.from(hash).toString('base64'),
      ]);
      return chance.below(5) === 0 ? unsigned(approval) : changed(approval, name, other);
    }),
    ...times(150, (_, approval) =>
      signed(unsigned(approval), chance.pick([`${storeKey}-other`, '', 'TEST_STORE_KEY_01'])),
    ),
    // The right key, and not what we asked.
    ...times(300, ({ amountCentimes, reference }, approval) => {
      const amount = (amountCentimes / 100).toFixed(2);
      const [name, value] = chance.pick<[string, string]>([
        ...otherAmounts(amount).map((other): [string, string] => ['amount', other]),
        ['currency', chance.pick(['840', '978', '', 'MAD', '0504'])],
        ['clientid', chance.pick(['600000111', '', '600000999 '])],
        ['oid', `${reference}0`],
        ['ReturnOid', `${reference.slice(0, -1)}2`],
        ['storetype', '3d_pay'],
        ['TranType', 'Auth'],
        ['okUrl', 'https://liar.example/'],
        ['failUrl', ''],
        ['callbackUrl', 'https://liar.example/'],
        ['hashAlgorithm', 'ver2'],
        ['Response', chance.pick(['Declined', 'Error', 'approved', ''])],
        ['TransId', chance.pick(['', 'a b', '|', 'é'])],
        ['AuthCode', ''],
        ['ProcReturnCode', chance.pick(['0', '000', ' 00', '05', ''])],
      ]);
      return signed(changed(unsigned(approval), name, value));
    }),
  ];
}

const json = (path: string, header: string, content: unknown, signature: string | undefined): Forged => ({
  path,
  headers: { 'content-type': 'application/json', ...(signature !== undefined && { [header]: signature }) },
  body: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});
const nonsense: readonly unknown[] = [
  null,
  undefined,
  true,
  -1,
  1e30,
  '',
  ' ',
  'a|b',
  [],
  {},
  ['x'],
  { $ne: 1 },
  '\uD800',
  'é'.repeat(300),
];

/** Something else in the place of one value, which may be missing then. */
function disturbed(chance: Chance, content: Record<string, unknown>): Record<string, unknown> {
  const name = chance.pick(Object.keys(content));
  const { [name]: value, ...rest } = content;
  const other = chance.below(nonsense.length + 2);
  if (other === nonsense.length) return { ...rest, [`${name}x`]: value };
  if (other === nonsense.length + 1) return { ...content, [name]: [value] };
  return { ...content, [name]: nonsense[other] };
}

export interface ReferenceVictim {
  readonly reference: string;
  /** A true refusal, as Fatourati sent it, and its signature. */
  readonly refusal: PaymentFields;
  readonly signature: string;
}

/** Notices of Fatourati about references that no bank has taken. `paid`: a true notice of another. */
export function fatouratiForgeriesOf(
  chance: Chance,
  victims: readonly ReferenceVictim[],
  paid: { fields: PaymentFields; signature: string },
): Forged[] {
  const key = sandboxFatouratiMerchant.storeApiKey;
  const send = (content: unknown, signature: string | undefined, path = 'fatourati/payment') =>
    json(path, 'x-signature', content, signature);
  const times = (count: number, make: (victim: ReferenceVictim, paidNotice: PaymentFields) => Forged) =>
    Array.from({ length: count }, () => {
      const victim = chance.pick(victims);
      const number = String(chance.below(1e12)).padStart(12, '9');
      return make(victim, { ...victim.refusal, fatouratiTransactionNumber: number, decisionCode: 0 });
    });
  return [
    // The verdict isn't signed.
    ...times(200, ({ refusal, signature }) => {
      const { decisionCode: _, ...undecided } = refusal;
      const codes: unknown[] = [0, '0', '00', false, null, [0], -0, 0.1, 2, 3];
      const code = chance.below(codes.length + 1);
      return send(code === codes.length ? undecided : { ...refusal, decisionCode: codes[code] }, signature);
    }),
    ...times(200, (_, notice) => send(disturbed(chance, notice), paymentSignature(notice, key))),
    ...times(100, ({ reference }) => send({ ...paid.fields, orderId: reference }, paid.signature)),
    ...times(100, (_, notice) =>
      send(notice, chance.pick([paid.signature, undefined, '', 'x', '0'.repeat(64)])),
    ),
    ...times(100, (_, notice) => send(notice, paymentSignature(notice, chance.pick(['', `${key}-other`])))),
    // Rightly signed, and the bank holds nothing.
    ...times(200, ({ reference }, notice) => {
      const changes = chance.pick<Partial<PaymentFields>>([
        {},
        { totalAmount: 0.01 },
        { totalAmount: notice.totalAmount * 2 },
        { currency: '978' },
        { store: 'STORE99' },
        { merchantCode: 'MERCH02' },
        { orderId: `${reference}0` },
        { tokenRef: '1000000000000' },
        { operator: '', channel: `${notice.operator}|${notice.channel}` },
        { fatouratiTransactionNumber: paid.fields.fatouratiTransactionNumber },
      ]);
      const other = { ...notice, ...changes };
      return send(other, paymentSignature(other, key));
    }),
    ...times(50, (_, notice) => send(notice, cancellationSignature(notice, key))),
    ...times(50, (_, notice) => send(notice, paymentSignature(notice, key), 'fatourati/cancellation')),
    ...times(50, (_, notice) => send(notice, cancellationSignature(notice, key), 'fatourati/cancellation')),
  ];
}

/** Notifications of AmanPay about orders that nobody paid. `paid`: a true one of another order, as it was sent. */
export function amanPayForgeriesOf(
  chance: Chance,
  references: readonly string[],
  paid: { content: Record<string, unknown>; hmac: string },
): Forged[] {
  const key = sandboxAmanPayMerchant.notificationSecret;
  const hmac = (content: unknown, secret = key) =>
    createHmac('sha256', secret).update(JSON.stringify(content), 'utf8').digest('hex');
  const send = (content: unknown, signature: string | undefined) =>
    json('amanpay/notification', 'x-hmac', content, signature);
  const times = (count: number, make: (content: Record<string, unknown>) => Forged) =>
    Array.from({ length: count }, () =>
      make({
        ...paid.content,
        orderId: chance.pick(references),
        transactionId: `AP${String(chance.below(1e9))}`,
      }),
    );
  return [
    ...times(200, (content) => send(content, paid.hmac)),
    ...times(100, (content) => send(content, hmac({ ...content, status: 'FAILED' }))),
    ...times(300, (content) => {
      const other = disturbed(chance, content);
      return send(other, chance.below(2) === 0 ? hmac(other) : hmac(content));
    }),
    ...times(100, (content) => send(content, hmac(content, chance.pick([`${key}-other`, 'x'])))),
    ...times(100, (content) =>
      send(content, chance.pick([undefined, '', 'x', hmac(content).toUpperCase().slice(1)])),
    ),
    ...times(200, (content) => {
      const other = {
        ...content,
        ...chance.pick<object>([
          {},
          { amount: 1 },
          { currency: 'EUR' },
          { merchantId: '100002' },
          { transactionId: paid.content.transactionId },
          { status: 'PAID', reversedAt: '2026-11-22T10:00:00.000Z' },
          { method: 'token' },
        ]),
      };
      return send(other, hmac(other));
    }),
  ];
}

const addresses = ['cmi/callback', 'fatourati/payment', 'fatourati/cancellation', 'amanpay/notification'];

/** What isn't a notification at all: bytes, other media types, other encodings, too much, too deep. */
export function junk(chance: Chance, count: number): Forged[] {
  const bytes = (size: number) => Buffer.from(Array.from({ length: size }, () => chance.below(256)));
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const deepObject = `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`;
  return Array.from({ length: count }, (_, index) => {
    const mark = String(index);
    const headers: Record<string, string> = {
      'content-type': chance.pick([
        formType,
        'application/json',
        'application/json',
        'application/x-www-form-urlencoded',
        'application/x-www-form-urlencoded; charset=utf-16',
        'text/plain',
        'text/xml',
        'multipart/form-data; boundary=x',
        'application/octet-stream',
      ]),
      'x-signature': chance.pick(['', mark, '0'.repeat(64)]),
      'x-hmac': chance.pick(['', mark, '0'.repeat(64)]),
    };
    if (chance.below(12) === 0) headers['content-encoding'] = chance.pick(['gzip', 'br', 'x']);
    const body = chance.pick([
      () => bytes(chance.below(400)),
      () => Buffer.from('%%%=%zz&%C3%28=%FF'),
      () => Buffer.from(''),
      () => Buffer.from(`oid=PN-${mark}&`.repeat(310)),
      () => Buffer.from(`a=${'b'.repeat(70_000)}`),
      () => Buffer.alloc(600_000, 0x61),
      () => Buffer.from(deep),
      () => Buffer.from(deepObject),
      () => Buffer.from(`{"orderId":"${mark}","orderId":"${mark}"}`),
      () => Buffer.from(`\uFEFF{"orderId":"${mark}"}`),
      () => Buffer.from(`{"orderId":"${mark}","__proto__":{"trust":"verified"}}`),
      () => Buffer.from(`{"orderId":"${mark}"}`, 'utf16le'),
      () => Buffer.from(`oid=${mark}\0&HASH=\0`),
      () =>
        Buffer.from('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
      () => Buffer.from(`HASH=${mark}&hash=${mark}&oid=${mark}`),
      () => Buffer.from(`oid=' or 1=1 --&HASH=${mark}`),
      () => Buffer.from('null'),
      () => Buffer.from('"\\ud800"'),
    ])();
    return { path: chance.pick(addresses), headers, body };
  });
}

/**
 * Forged or altered notifications at the real addresses, by HTTP: none settles anything, none is answered 5xx, each is recorded. 2,000 drawn of them;
 * `PAYMENTS_FORGERIES=10000` sends them all, 5,000 and more.
 */
import { createHash } from 'node:crypto';
import type { Fields } from '@rnoce/sandbox/cmi/cmi-hash';
import type { PaymentFields } from '@rnoce/sandbox/fatourati/fatourati-order';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chanceOf, inParallel } from '../../../testing/chance.ts';
import {
  amanPayForgeriesOf,
  type CardVictim,
  cardForgeries,
  type Forged,
  fatouratiForgeriesOf,
  junk,
  type ReferenceVictim,
} from '../../../testing/forgeries.ts';
import { type Message, type Network, startNetwork } from '../../../testing/network.ts';
import { type PaymentApp, paymentApp } from '../../../testing/payments.ts';

const chance = chanceOf(5);
const forgeries = Number(process.env.PAYMENTS_FORGERIES ?? 1000);
const victimsOfEach = 10;
const atOnce = 6;
let test: PaymentApp;
let network: Network;
/** The last true message of a gateway. */
let last: Message | undefined;
beforeAll(async () => {
  network = await startNetwork((message) => {
    last = message;
    return network.deliver(test.url, message);
  });
  test = await paymentApp({ environment: { PUBLIC_URL: network.url, DATABASE_POOL: '10' } });
});
afterAll(async () => {
  await network.close();
});

const said = () => {
  if (!last) throw new Error('nothing was sent');
  return last;
};
const formOf = ({ body }: Message): Fields => [...new URLSearchParams(body.toString())];
const noticeOf = ({ body }: Message) => JSON.parse(body.toString()) as PaymentFields;
const contentOf = ({ body }: Message) => JSON.parse(body.toString()) as Record<string, unknown>;
const signatureOf = ({ headers }: Message, name: string) => String(headers[name]);

interface Begun {
  id: string;
  reference: string;
  request: Fields;
}
const channels = {
  cmi: { method: 'cmi', channel: 'card' },
  fatourati: { method: 'cmi', channel: 'fatourati' },
  amanpay: { method: 'amanpay', channel: 'card' },
} as const;
type Gateway = keyof typeof channels;

async function begin(gateway: Gateway): Promise<Begun> {
  const order = await test.order(await test.bill(2), channels[gateway]);
  if (order.next?.type === 'redirect') await test.visit(order);
  const request: Fields =
    order.next?.type === 'redirect' ? order.next.fields.map(({ name, value }) => [name, value]) : [];
  return { id: order.id, reference: `${order.number}-1`, request };
}

const refused: string[] = [];
const broken: string[] = [];
/** Rightly signed, and told to come again because something was slow: 503 is the word for that. */
const later: string[] = [];
const taken: string[] = [];
const answered: { provider: string; digests: readonly string[]; path: string }[] = [];

const digestOf = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
/** What a message may be kept under: its bytes, or CMI's hash when it is right, since it may be written in many ways. */
const digestsOf = ({ body }: Pick<Forged, 'body'>): string[] => [
  digestOf(body),
  ...[...new URLSearchParams(body.toString())]
    .filter(([name]) => name.toLowerCase() === 'hash')
    .map(([, hash]) => digestOf(`ver3 ${hash}`)),
];

async function send({ path, headers, body }: Forged): Promise<void> {
  const answer = await fetch(`${test.url}/api/v1/gateways/${path}`, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  });
  const text = await answer.text();
  const sha256 = digestOf(body);
  if (answer.status === 503) later.push(sha256);
  else if (answer.status >= 500)
    broken.push(`${String(answer.status)} ${path} ${body.toString().slice(0, 300)} ${text}`);
  if (text === 'ACTION=POSTAUTH') taken.push(body.toString());
  // The address itself refuses what is too large, or of another kind; all else is read and recorded.
  if (answer.status === 413 || answer.status === 415) refused.push(`${String(answer.status)} ${path}`);
  else
    answered.push({
      path,
      provider: path.split('/')[0] ?? '',
      digests: digestsOf({ body }),
    });
}

describe('forged and altered notifications', () => {
  it('settle nothing, break nothing, are recorded; and the payers can still pay', async () => {
    const victims: Begun[] = [];
    const start = async (gateway: Gateway) => {
      const begun = await begin(gateway);
      victims.push(begun);
      return begun;
    };
    // True messages: a payment of another order, and refusals of the victims.
    const other = await begin('cmi');
    await test.desk('cmi', other.reference, 'pay');
    const paidCard = formOf(said());
    const cards: CardVictim[] = [];
    for (let made = 0; made < victimsOfEach; made += 1) {
      const { reference, request } = await start('cmi');
      await test.desk('cmi', reference, 'refuse');
      cards.push({ reference, request, amountCentimes: 168_000, refusal: formOf(said()) });
    }
    await test.desk('fatourati', (await begin('fatourati')).reference, 'pay');
    const paidReference = {
      fields: noticeOf(said()),
      signature: signatureOf(said(), 'x-signature'),
    };
    const references: ReferenceVictim[] = [];
    for (let made = 0; made < victimsOfEach; made += 1) {
      const { reference } = await start('fatourati');
      await test.desk('fatourati', reference, 'refuse');
      const signature = signatureOf(said(), 'x-signature');
      references.push({ reference, refusal: noticeOf(said()), signature });
    }
    await test.desk('amanpay', (await begin('amanpay')).reference, 'pay');
    const paidAtAmanPay = {
      content: contentOf(said()),
      hmac: signatureOf(said(), 'x-hmac'),
    };
    const open: string[] = [];
    for (let made = 0; made < victimsOfEach; made += 1) open.push((await start('amanpay')).reference);
    const settled = await test.rows(sql`select count(*)::int as n from settlements`);
    expect(settled).toEqual([{ n: 6 }]);

    const forged = [
      ...cardForgeries(chance, cards, paidCard),
      ...fatouratiForgeriesOf(chance, references, paidReference),
      ...amanPayForgeriesOf(chance, open, paidAtAmanPay),
    ];
    const meaningless = junk(chance, 500);
    expect(forged.length).toBeGreaterThanOrEqual(5000);
    await inParallel(chance.shuffle(forged).slice(0, forgeries), atOnce, send);
    expect(refused).toEqual([]);
    await inParallel(meaningless, atOnce, send);

    expect(broken).toEqual([]);
    expect(taken).toEqual([]);
    expect(later.length).toBeLessThan(Math.min(forgeries, forged.length) / 100);
    const signed = await test.rows<{ sha256: string }>(
      sql`select sha256 from gateway_messages where trust = 'verified'`,
    );
    const genuine = new Set(signed.map(({ sha256 }) => sha256));
    expect(later.filter((sha256) => !genuine.has(sha256))).toEqual([]);
    const recorded = await test.rows<{ provider: string; sha256: string }>(
      sql`select distinct provider, sha256 from gateway_messages`,
    );
    const known = new Set(recorded.map(({ provider, sha256 }) => `${provider} ${sha256}`));
    const isKnown = ({ provider, digests }: (typeof answered)[number]) =>
      digests.some((digest) => known.has(`${provider} ${digest}`));
    expect(answered.filter((one) => !isKnown(one))).toEqual([]);
    expect(answered.length).toBeGreaterThan(Math.min(forgeries, forged.length) + 50);

    const stands = async () => ({
      settlements: await test.rows(sql`select count(*)::int as n from settlements`),
      refunds: await test.rows(sql`select count(*)::int as n from refunds`),
      orders: await test.rows(
        sql`select distinct status from payment_orders where id in ${victims.map(({ id }) => id)}`,
      ),
      money: await test.rows(
        sql`select distinct to_status from payment_history where order_id in ${victims.map(({ id }) => id)}
            and to_status in ('authorised', 'capture_requested', 'captured', 'paid', 'refund_due')`,
      ),
    });
    const untouched = {
      settlements: settled,
      refunds: [{ n: 0 }],
      orders: [{ status: 'pending' }],
      money: [],
    };
    expect(await stands()).toEqual(untouched);
    await test.sweep();
    expect(await stands()).toEqual(untouched);

    for (const [gateway, all] of [
      ['cmi', cards],
      ['fatourati', references],
      ['amanpay', open.map((reference) => ({ reference }))],
    ] as const)
      for (const { reference } of all) await test.desk(gateway, reference, 'pay');
    await test.sweep();
    const [end] = (await stands()).settlements;
    expect(end).toEqual({ n: 6 + 2 * victims.length });
  }, 600_000);
});

import { PassThrough } from 'node:stream';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { createRejectedBudget } from './rejected-budget.ts';

const limits = { REJECTED_MESSAGES_ADDRESS: 5, REJECTED_MESSAGES: 8 };
const lines: string[] = [];
const stream = new PassThrough();
stream.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trim().split('\n')));

const test: PaymentApp = await paymentApp({
  environment: {
    RATE_LIMITS: 'true',
    REJECTED_MESSAGES_ADDRESS: String(limits.REJECTED_MESSAGES_ADDRESS),
    REJECTED_MESSAGES: String(limits.REJECTED_MESSAGES),
  },
  log: pino({ level: 'warn' }, stream),
});
beforeEach(async () => {
  lines.length = 0;
  test.setNow(undefined);
  await test.rows(sql`delete from rate_limits`);
});

const storedRejected = async () =>
  (
    await test.rows<{ n: number }>(
      sql`select count(*)::int as n from gateway_messages where trust = 'rejected'`,
    )
  )[0]?.n;

/** Messages that nobody signed, each other bytes; what they were answered. */
async function flood(count: number, from: string, name: string): Promise<Set<string>> {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      test.app.inject({
        method: 'POST',
        url: '/api/v1/gateways/cmi/callback',
        remoteAddress: from,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: `oid=PN-0000000001-1&amount=840.00&forgery=${name}${String(index)}&HASH=AAAA`,
      }),
    ),
  );
  return new Set(answers.map(({ statusCode, body }) => `${String(statusCode)} ${body}`));
}

it('the budget is one for all processes, and what isn’t stored is one line of the log', async () => {
  const [first, second] = [createRejectedBudget(test.deps), createRejectedBudget(test.deps)];
  const ask = async (budget: typeof first, times: number, address: string) => {
    const admitted = [];
    for (let time = 0; time < times; time += 1) admitted.push(await budget.admit(address));
    return admitted.filter(Boolean).length;
  };
  expect(await ask(first, 4, '10.1.0.1')).toBe(4);
  await first.sync();
  expect(await ask(second, 4, '10.1.0.2')).toBe(4);
  await second.sync();
  // What was heard long ago is asked again.
  test.setNow(new Date(Date.now() + 10_000));
  expect(await ask(first, 30, '10.1.0.1')).toBe(0);
  expect(await ask(first, 30, '10.1.0.3')).toBe(0);
  const kept = await test.rows<{ key: string }>(sql`select key from rate_limits where key like '%rejected%'`);
  // Everybody's and those of two addresses, by a keyed hash: a network that came too late leaves none.
  expect(kept).toHaveLength(3);
  expect(JSON.stringify(kept)).not.toContain('10.1');
  await Promise.all([first.close(), second.close()]);
  expect(
    lines.filter((line) => line.includes('notStored')).map((line) => JSON.parse(line) as object),
  ).toEqual([expect.objectContaining({ level: 40, notStored: 60 })]);
});

it('a flood of forgeries stores its budget and no more, answered alike, while a right message is taken from the same address', async () => {
  const order = await test.order(await test.bill());
  await test.visit(order);
  const reference = await test.referenceOf(order.id);

  const [before, , after] = [
    await flood(40, '127.0.0.1', 'a'),
    await test.desk('cmi', reference, 'pay'),
    await flood(40, '127.0.0.1', 'b'),
  ];
  expect(before.size).toBe(1);
  expect(after).toEqual(before);
  expect(await storedRejected()).toBe(limits.REJECTED_MESSAGES_ADDRESS);
  expect(await test.read(order.id)).toMatchObject({ status: 'paid', cause: 'callback' });

  // Other networks have what is left of everybody's, and those after them nothing.
  for (let network = 0; network < 5; network += 1)
    expect(await flood(10, `10.0.${String(network)}.1`, `c${String(network)}-`)).toEqual(before);
  expect(await storedRejected()).toBe(limits.REJECTED_MESSAGES);
  expect(lines.join('\n')).not.toContain('forgery');
});

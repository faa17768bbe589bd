import type { listPayments as listRoute, PaymentEntry, RouteAnswer } from '@rnoce/schemas';
import { eq, inArray, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { invoices } from '../../db/schema/invoices.ts';
import { paymentEntries, settlements } from '../../db/schema/payments.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { makeOrder } from '../../testing/orders.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { listPayments } from './list-payments.ts';

type Feed = RouteAnswer<typeof listRoute>;

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});

const get = (
  query: Record<string, string>,
  { headers }: { headers: Record<string, string> },
  feed: 'events' | 'payments' = 'payments',
) => test.app.inject({ url: `/api/v1/${feed}`, query, headers });

/** Other databases of the cluster may hold the feed back for a moment: a transaction of theirs is older too. */
async function settledFeed(
  key: { headers: Record<string, string> },
  count: number,
  query: Record<string, string> = {},
): Promise<Feed> {
  return await vi.waitFor(
    async () => {
      const answer = (await get(query, key)).json<Feed>();
      expect(answer.items).toHaveLength(count);
      return answer;
    },
    { timeout: 20_000, interval: 20 },
  );
}

/** Waits until no transaction runs that began before the issuer's entries were written, whosever it is. */
async function untilNobodyIsBefore(issuerId: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const [row] = await test.rows<{ over: boolean | null }>(
        sql`select max(transaction) < pg_snapshot_xmin(pg_current_snapshot()) as over from payment_entries where issuer_id = ${issuerId}`,
      );
      expect(row?.over).not.toBe(false);
    },
    { timeout: 20_000, interval: 5 },
  );
}

async function issuerOf(invoiceId: string | undefined) {
  const [invoice] = await test.deps.database
    .select()
    .from(invoices)
    .where(eq(invoices.id, invoiceId ?? ''));
  if (!invoice) throw new Error('no invoice');
  return invoice;
}

describe('the payments of an issuer', () => {
  it('tell each settlement and each release, as it was ordered', async () => {
    const bills = await test.bill(2);
    const order = await test.order(bills, { method: 'amanpay', channel: 'direct_debit' });
    await test.visit(order);
    const reference = await test.referenceOf(order.id);
    await test.desk('amanpay', reference, 'pay');
    const { issuerId, clientCode } = await issuerOf(bills[0]);
    const key = await integratorOf(test, { kind: 'issuer', issuerId, scopes: ['payments:read'] });
    const paid = await settledFeed(key, 2);
    const numbers = order.lines.map(({ number }) => number).toSorted();
    expect(paid.items.map(({ invoiceNumber }) => invoiceNumber).toSorted()).toEqual(numbers);
    for (const entry of paid.items)
      expect(entry).toEqual({
        id: expect.any(String),
        kind: 'settled',
        at: expect.any(String),
        invoiceNumber: expect.any(String),
        clientCode,
        amount: '840.00',
        currency: 'MAD',
        orderNumber: order.number,
        method: 'amanpay',
        channel: 'direct_debit',
        reference,
      });

    await test.desk('amanpay', reference, 'reverse');
    const later = await settledFeed(key, 2, { cursor: paid.nextCursor ?? '' });
    expect(later.items.map(({ kind, orderNumber, amount }) => [kind, orderNumber, amount])).toEqual([
      ['released', order.number, '840.00'],
      ['released', order.number, '840.00'],
    ]);
    expect(later.items.map(({ invoiceNumber }) => invoiceNumber).toSorted()).toEqual(numbers);

    const end = (await get({ cursor: later.nextCursor ?? '' }, key)).json<Feed>();
    expect(end).toEqual({ items: [], nextCursor: later.nextCursor });

    const [, withoutFeed = ''] =
      /^payments\.(.+)$/.exec(Buffer.from(paid.nextCursor ?? '', 'base64url').toString()) ?? [];
    const fromBefore = Buffer.from(withoutFeed).toString('base64url');
    expect((await get({ cursor: fromBefore }, key)).json()).toEqual(later);
    expect((await get({ cursor: paid.nextCursor ?? '' }, key, 'events')).json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/cursor', code: 'invalid' }],
    });
  });

  it('are its own alone, and of nobody at the beginning', async () => {
    const other = await integratorOf(test, { kind: 'issuer' });
    expect((await get({}, other)).json()).toEqual({ items: [], nextCursor: null });
  });

  it.each([
    'nothing',
    'MTIzNA',
    Buffer.from('99999999999999999999.00000000-0000-7000-8000-000000000000').toString('base64url'),
    Buffer.from('events.7.00000000-0000-7000-8000-000000000000').toString('base64url'),
  ])('go on from no cursor that isn’t theirs: %s', async (cursor) => {
    const key = await integratorOf(test, { kind: 'issuer' });
    expect((await get({ cursor }, key)).json()).toMatchObject({
      status: 422,
      code: 'validation',
      errors: [{ pointer: '/cursor', code: 'invalid' }],
    });
  });

  it('are for keys of issuers with the scope', async () => {
    const blind = await integratorOf(test, { kind: 'issuer', scopes: ['invoices:read', 'invoices:write'] });
    expect((await get({}, blind)).json()).toMatchObject({
      status: 403,
      code: 'scope_missing',
      params: { scope: 'payments:read' },
    });
    for (const kind of ['authority', 'operator'] as const)
      expect((await get({}, await integratorOf(test, { kind }))).json()).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
  });
});

describe('while transactions commit out of order', () => {
  const writers: Client[] = [];
  afterAll(async () => {
    await Promise.all(writers.map((writer) => writer.end()));
  });

  /** What one of the writers does, or the issuer, who walks on. */
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ does: fc.constant('write' as const), writer: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('commit' as const), writer: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('roll back' as const), writer: fc.nat(5) }) },
    {
      weight: 3,
      arbitrary: fc.record({ does: fc.constant('walk' as const), limit: fc.integer({ min: 1, max: 9 }) }),
    },
  );

  it('walking misses none and repeats none', async () => {
    const { order } = await makeOrder(test, {
      status: 'paid',
      lines: Array.from({ length: 60 }, () => ({})),
    });
    const { database, environment } = test.deps;
    const { issuerId } = order;
    const own = await database
      .select({ id: settlements.id })
      .from(settlements)
      .where(eq(settlements.orderId, order.id));
    for (let left = 6; left > 0; left -= 1) {
      const writer = new Client({ connectionString: environment.DATABASE_URL });
      await writer.connect();
      writers.push(writer);
    }

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
        await database.delete(paymentEntries).where(eq(paymentEntries.issuerId, issuerId));
        const left = own.map(({ id }) => id);
        /** What each writer's transaction holds, while it is open. */
        const open = new Map<number, string[]>();
        const committed: string[] = [];
        const seen: PaymentEntry[] = [];
        let cursor: string | undefined;

        const walk = async (limit: number) => {
          const { items, nextCursor } = await listPayments(test.deps, issuerId, { cursor, limit });
          seen.push(...items);
          cursor = nextCursor ?? undefined;
        };
        const write = async (writer: number) => {
          const settlement = left.pop();
          if (settlement === undefined) return;
          if (!open.has(writer)) await writers[writer]?.query('begin');
          open.set(writer, [...(open.get(writer) ?? []), settlement]);
          await writers[writer]?.query(
            "insert into payment_entries (settlement_id, issuer_id, kind, at) values ($1, $2, 'settled', now())",
            [settlement, issuerId],
          );
        };
        const end = async (writer: number, how: 'commit' | 'rollback') => {
          const held = open.get(writer);
          if (!held) return;
          await writers[writer]?.query(how);
          open.delete(writer);
          (how === 'commit' ? committed : left).push(...held);
        };

        try {
          for (const one of steps) {
            if (one.does === 'walk') await walk(one.limit);
            else if (one.does === 'write') await write(one.writer);
            else await end(one.writer, one.does === 'commit' ? 'commit' : 'rollback');
          }
        } finally {
          for (const writer of open.keys()) await end(writer, 'commit');
        }
        await untilNobodyIsBefore(issuerId);
        await walk(500);
        const entries =
          committed.length === 0
            ? []
            : await database
                .select({ id: paymentEntries.id })
                .from(paymentEntries)
                .where(inArray(paymentEntries.settlementId, committed))
                .orderBy(sql`transaction, id`);
        expect(seen.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
      }),
      { numRuns: 40 },
    );
  });
});

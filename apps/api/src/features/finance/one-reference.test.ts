import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { oneReference, type PaymentThere, paidInAll } from '../../testing/one-reference.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});

describe('whatever comes by one reference', () => {
  type Step =
    | { readonly does: 'pay' | 'pay_wrong' | 'price' | 'another_pays' }
    | { readonly does: 'cancel' | 'refund' | 'give_back' | 'ask'; readonly which: number };
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('pay' as const) }) },
    fc.record({ does: fc.constantFrom('pay_wrong' as const, 'price' as const, 'another_pays' as const) }),
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constantFrom('cancel' as const, 'refund' as const, 'give_back' as const, 'ask' as const),
        which: fc.nat(3),
      }),
    },
  );

  async function run(steps: readonly Step[]): Promise<void> {
    const bills = await test.bill();
    const one = await oneReference(test, bills);
    const there: PaymentThere[] = [];
    let isOdd = false;
    let isLost = false;
    const ask = async (told?: string) => {
      const token = { paidAmount: paidInAll(there) };
      await one.ask(there, { token, ...(told !== undefined && { told }) });
    };
    for (const { does, ...rest } of steps) {
      const index = 'which' in rest ? rest.which : 0;
      const payment = there[index];
      if (does === 'pay') there.push({ number: `N${String(there.length)}` });
      if (does === 'pay_wrong') there.push({ number: `N${String(there.length)}`, amount: '800.00' });
      if (does === 'cancel' && payment) there[index] = { ...payment, status: 'CANCELLED' };
      if (does === 'refund' && payment?.status === undefined && payment)
        there[index] = { ...payment, refunded: payment.amount ?? '840.00' };
      if (does === 'give_back' && payment && payment.refunded === undefined) {
        const { refunds } = await one.books();
        if (refunds[payment.number]?.endsWith('due') && payment.status === undefined) {
          await one.giveBack(payment.number);
          there[index] = { ...payment, refunded: payment.amount ?? '840.00' };
        }
      }
      if (does === 'ask') await ask(payment?.number);
      if (does === 'price') {
        isOdd = !isOdd;
        await test.deps.database.execute(
          sql`update invoices set amount_centimes = ${isOdd ? 90_000 : 84_000} where id = ${bills[0]} and status = 'unpaid'`,
        );
      }
      if (does === 'another_pays' && !isLost && !isOdd && (await one.books()).invoice === 'unpaid') {
        isLost = true;
        await one.paidByAnother();
      }
    }
    for (const told of [undefined, ...there.map(({ number }) => number)]) await ask(told);

    const { order, attempt, own, invoice, refunds } = await one.books();
    const gaps: string[] = [];
    const demand = (holds: boolean, gap: string) => {
      if (!holds) gaps.push(gap);
    };
    const settles = order === 'paid' ? own : undefined;
    for (const { number, amount = '840.00', status, refunded } of there) {
      const stands = status === undefined && refunded === undefined;
      const held = [settles === number, refunds[number]?.endsWith('due') === true].filter(Boolean).length;
      demand(held === (stands ? 1 : 0), `${number} is held ${String(held)} times`);
      demand(settles !== number || amount === '840.00', `${number} settles with ${amount}`);
    }
    const isAnyDue = Object.values(refunds).some((said) => said.endsWith('due'));
    const isSettled = settles !== undefined;
    demand((invoice === 'paid') === (isSettled || isLost), `the invoice is ${invoice}`);
    demand((attempt === 'captured') === (isSettled || isAnyDue), `the attempt is ${attempt}`);
    demand(isSettled || (order === 'refund_due') === isAnyDue, `the order is ${order}`);
    expect(gaps).toEqual([]);
  }

  it('each payment that stands settles or is due back, and no other does', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 10 }), run), {
      numRuns: 40,
      endOnFailure: true,
    });
  }, 120_000);
});

import { sql } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import type { PaymentGateway } from '../integrations/payment-gateway/payment-gateway.ts';
import { type PaymentApp, paymentApp } from '../testing/payments.ts';
import { inquireAttempts } from './inquire-attempts.ts';

const test: PaymentApp = await paymentApp();

/** A gateway that answers once it is let go, with the count of its open questions and the most that there were. */
function watched(gateway: PaymentGateway | undefined, letGo: Promise<void> = Promise.resolve()) {
  if (!gateway) throw new Error('the gateway is not configured');
  const questions = { open: 0, most: 0, asked: 0 };
  const inquire: PaymentGateway['inquire'] = async (attempt, signal) => {
    questions.open += 1;
    questions.asked += 1;
    questions.most = Math.max(questions.most, questions.open);
    try {
      await letGo;
      return await gateway.inquire(attempt, signal);
    } finally {
      questions.open -= 1;
    }
  };
  return { questions, gateway: { ...gateway, inquire } };
}

/** Orders at a gateway whose payers paid, and of which its notifications never came. */
async function silentlyPaid(gateway: 'fatourati' | 'amanpay', count: number): Promise<string[]> {
  await test.control('PUT', `/api/${gateway}/mode`, { callbacks: 'silent' });
  const ids: string[] = [];
  for (let left = count; left > 0; left -= 1) {
    const choice = { fatourati: 'fatourati', amanpay: 'tashilat' } as const;
    const order = await test.order(await test.bill(), {
      method: gateway === 'fatourati' ? 'cmi' : 'amanpay',
      channel: choice[gateway],
    });
    await test.desk(gateway, await test.referenceOf(order.id), 'pay');
    ids.push(order.id);
  }
  await test.control('PUT', `/api/${gateway}/mode`, { normal: true });
  await makeDue(ids);
  return ids;
}
const makeDue = (ids: readonly string[]) =>
  test.rows(
    sql`update payment_attempts set inquire_at = '2000-01-01' where order_id in ${[...ids]} returning id`,
  );
const statusesOf = async (ids: readonly string[]) =>
  (
    await test.rows<{ status: string }>(
      sql`select distinct status from payment_orders where id in ${[...ids]}`,
    )
  ).map(({ status }) => status);

it('a gateway that doesn’t answer holds up no other, and is asked by so many at once and no more', async () => {
  const slow = await silentlyPaid('amanpay', 12);
  const quick = await silentlyPaid('fatourati', 12);
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  const amanpay = watched(test.deps.gateways.amanpay, promise);
  const fatourati = watched(test.deps.gateways.fatourati);
  const deps = {
    ...test.deps,
    gateways: { ...test.deps.gateways, amanpay: amanpay.gateway, fatourati: fatourati.gateway },
  };
  const first = inquireAttempts(deps);
  await vi.waitFor(async () => expect(await statusesOf(quick)).toEqual(['paid']), 20_000);
  expect(amanpay.questions).toEqual({ open: 8, most: 8, asked: 8 });

  // The next turn comes while the first one still waits: it serves the others, and asks the slow one no more.
  const later = await silentlyPaid('fatourati', 3);
  await inquireAttempts(deps);
  expect(await statusesOf(later)).toEqual(['paid']);
  expect(amanpay.questions).toEqual({ open: 8, most: 8, asked: 8 });
  expect(await statusesOf(slow)).toEqual(['pending']);

  letGo();
  await first;
  expect(await statusesOf(slow)).toEqual(['paid']);
  expect(amanpay.questions).toEqual({ open: 0, most: 8, asked: 12 });
  expect(fatourati.questions.most).toBeLessThanOrEqual(8);
});

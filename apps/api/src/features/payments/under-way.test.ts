import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { oneReference } from '../../testing/one-reference.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { leadBack } from '../gateways/lead-back.ts';
import { inquireAttempt } from './ask-gateway.ts';

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});
afterEach(async () => {
  test.setNow(undefined);
  for (const gateway of ['cmi', 'amanpay'] as const)
    await test.control('PUT', `/api/${gateway}/mode`, { normal: true });
});
const later = (hours: number) => test.setNow(new Date(Date.now() + hours * 3_600_000));
const attemptOf = async (orderId: string) => {
  const [row] = await test.rows<{ id: string; reference: string; gateway: string }>(
    sql`select id, reference, gateway_reference as gateway from payment_attempts where order_id = ${orderId}`,
  );
  if (!row) throw new Error('the order has an attempt');
  return row;
};
const status = async (orderId: string) => (await test.read(orderId)).status;

describe('money that is under way at a bank', () => {
  it('on a Fatourati reference: it is neither given up nor expired', async () => {
    const one = await oneReference(test, await test.bill());
    const pending = [{ number: 'T1', status: 'PENDING' }] as const;
    await one.ask(pending, { givenUp: true });
    expect(await status(one.id)).toBe('pending');
    later(24 * 20);
    await one.ask(pending);
    expect(await status(one.id)).toBe('pending');
    await one.ask([{ number: 'T1', status: 'REJECTED' }]);
    expect(await status(one.id)).toBe('failed');
  });

  it('by a direct debit of AmanPay, which has no number yet; a page that nobody used is over', async () => {
    const debit = { method: 'amanpay', channel: 'direct_debit' } as const;
    const ordered = await test.order(await test.bill(), debit);
    const unused = await test.order(await test.bill(), debit);
    for (const order of [ordered, unused]) await test.visit(order);
    const { id, reference } = await attemptOf(ordered.id);
    await test.desk('amanpay', reference, 'debit');
    const { amanpay } = test.deps.gateways;
    if (!amanpay) throw new Error('AmanPay is configured');
    const numberless: typeof amanpay.inquire = async (attempt, signal) => {
      const { gatewayTransactionId: _, ...said } = await amanpay.inquire(attempt, signal);
      return said;
    };
    const deps = {
      ...test.deps,
      gateways: { ...test.deps.gateways, amanpay: { ...amanpay, inquire: numberless } },
    };
    later(26);
    await inquireAttempt(deps, id);
    await inquireAttempt(deps, (await attemptOf(unused.id)).id);
    expect([await status(ordered.id), await status(unused.id)]).toEqual(['pending', 'expired']);
  });
});

it('a reference whose creating answer was lost is told by e-mail once it is found', async () => {
  const payerEmail = 'perdue@exemple.example';
  await test.control('PUT', '/api/amanpay/mode', { api: 'lost', calls: 1 });
  await test.order(await test.bill(), { method: 'amanpay', channel: 'tashilat', payerEmail });
  await test.sweep();
  await test.sweep();
  expect(await test.rows(sql`select template from emails where "to" = ${payerEmail}`)).toEqual([
    { template: 'payment_reference' },
  ]);
});

it('a reference past its time is expired for the bank that asks', async () => {
  const { id } = await test.order(await test.bill(), { method: 'cmi', channel: 'fatourati' });
  const { reference, gateway } = await attemptOf(id);
  const ask = async () =>
    (
      await test.app.inject({
        url: '/api/v1/gateways/fatourati/status',
        query: { token_ref: gateway, order_id: reference },
      })
    ).json<{ status: string }>().status;
  expect(await ask()).toBe('PENDING');
  await test.rows(
    sql`update payment_attempts set expires_at = now() - interval '1 minute' where order_id = ${id}`,
  );
  expect(await ask()).toBe('EXPIRED');
});

it('a payer who comes back after a refusal makes us ask: the same page may have taken another try', async () => {
  const order = await test.order(await test.bill());
  await test.visit(order);
  const { id, reference } = await attemptOf(order.id);
  await test.desk('cmi', reference, 'refuse');
  const asked = async () =>
    (
      await test.rows(
        sql`select 1 from jobs.job where name = 'inquire-attempt' and data->>'attemptId' = ${id}`,
      )
    ).length;
  const before = await asked();
  const { cmi } = test.deps.gateways;
  if (!cmi) throw new Error('CMI is configured');
  const signed = { ...cmi, readReturn: () => ({ attemptReference: reference }) };
  await leadBack({ ...test.deps, gateways: { ...test.deps.gateways, cmi: signed } }, Buffer.from(''));
  expect(await asked()).toBe(before + 1);
});

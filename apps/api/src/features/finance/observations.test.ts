import type { AttemptStatus, FinanceOrder } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { signedInAgent } from '../../testing/factories.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';

let test: PaymentApp;
let agent: Awaited<ReturnType<typeof signedInAgent>>;
beforeAll(async () => {
  // A person records what AmanPay's back office shows.
  test = await paymentApp({ environment: { AMANPAY_CONTRACT: 'manual' } });
  agent = await signedInAgent(test, { role: 'finance', name: 'Samir Lahlou' });
});

const orderOf = async (id: string) =>
  (
    await test.app.inject({ url: `/api/v1/finance/orders/${id}`, headers: agent.headers })
  ).json<FinanceOrder>();
const record = async (
  orderId: string,
  body: { says: string; seen?: AttemptStatus; amount?: string; transactionNumber?: string },
) => {
  const [attempt] = (await orderOf(orderId)).attempts;
  return await test.app.inject({
    method: 'POST',
    url: `/api/v1/finance/attempts/${String(attempt?.id)}/observations`,
    headers: agent.headers,
    payload: { note: 'Vu dans le back-office', seen: attempt?.status, ...body },
  });
};
const captured = { says: 'captured', amount: '840.00', transactionNumber: 'AP123' };
const aCode = async () => {
  const bills = await test.bill();
  return { bills, order: await test.order(bills, { method: 'amanpay', channel: 'tashilat' }) };
};
const settlementsOf = (bills: readonly string[]) =>
  test.rows(sql`select 1 from settlements where invoice_id in ${[...bills]} and released_at is null`);

describe('what an agent saw in the back office', () => {
  it('pays the invoices as the gateway would, and the history says who', async () => {
    const { order, bills } = await aCode();
    const answer = await record(order.id, captured);
    expect(answer.statusCode).toBe(200);
    expect(answer.json<FinanceOrder>()).toMatchObject({ status: 'paid', cause: 'recorded_by_agent' });
    expect(await settlementsOf(bills)).toHaveLength(1);
    expect((await orderOf(order.id)).history.at(-1)).toMatchObject({
      to: 'paid',
      actor: 'agent',
      actorName: 'Samir Lahlou',
    });
    const reversed = await record(order.id, { says: 'reversed' });
    expect(reversed.json<FinanceOrder>()).toMatchObject({ status: 'reversed', cause: 'taken_back' });
    expect(await settlementsOf(bills)).toEqual([]);
  });

  it('ends a payment that took nothing', async () => {
    const { order, bills } = await aCode();
    expect((await record(order.id, { says: 'not_paid' })).json<FinanceOrder>()).toMatchObject({
      status: 'cancelled',
      cause: 'recorded_by_agent',
    });
    expect(await settlementsOf(bills)).toEqual([]);
  });

  it('of another amount settles nothing: it is a refund due, and an anomaly', async () => {
    const { order, bills } = await aCode();
    const shown = (await record(order.id, { ...captured, amount: '84.00' })).json<FinanceOrder>();
    expect(shown).toMatchObject({
      status: 'refund_due',
      refunds: [{ amount: '84.00', status: 'due' }],
      anomalies: [{ kind: 'wrong_amount', ours: '840.00', theirs: '84.00' }],
    });
    expect(await settlementsOf(bills)).toEqual([]);
  });

  it('is recorded once, by one of ten at once: the others saw another state', async () => {
    const { order, bills } = await aCode();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        record(order.id, { ...captured, transactionNumber: `AP${String(index)}`, seen: 'reference_out' }),
      ),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 412)).toHaveLength(9);
    expect(await settlementsOf(bills)).toHaveLength(1);
    expect((await orderOf(order.id)).refunds).toEqual([]);
  });

  it('must be possible, and say what was taken', async () => {
    const { order } = await aCode();
    expect((await record(order.id, { says: 'reversed' })).statusCode).toBe(409);
    expect((await record(order.id, { says: 'captured' })).statusCode).toBe(422);
    expect((await record(order.id, { ...captured, amount: '0.00' })).statusCode).toBe(422);
    expect((await record(order.id, { ...captured, amount: '840,00' })).statusCode).toBe(422);
    expect((await orderOf(order.id)).status).toBe('pending');
  });
});

describe('of a provider that can be asked', () => {
  const aReference = async () => await test.order(await test.bill(), { channel: 'fatourati' });
  const silentFor = async (orderId: string, hours: number) => {
    await test.deps.database.execute(
      sql`update payment_attempts set silent_since = now() - make_interval(hours => ${hours}) where order_id = ${orderId}`,
    );
  };

  it('money taken is the provider’s to tell, whatever a person says', async () => {
    const card = await test.order(await test.bill(), { method: 'cmi', channel: 'card' });
    for (const order of [card, await aReference()]) {
      expect((await orderOf(order.id)).attempts[0]?.recordable).toEqual(['not_paid']);
      const answer = await record(order.id, captured);
      expect(answer.statusCode).toBe(409);
      expect(answer.json()).toMatchObject({ code: 'observation_impossible' });
      expect(await orderOf(order.id)).toMatchObject({ status: 'pending', receiptNumber: null });
    }
  });

  it('a person’s word counts once the provider has been silent for hours', async () => {
    const order = await aReference();
    await silentFor(order.id, 5);
    expect((await record(order.id, captured)).statusCode).toBe(409);
    await silentFor(order.id, 7);
    expect((await orderOf(order.id)).attempts[0]?.recordable).toContain('captured');
    expect((await record(order.id, captured)).json()).toMatchObject({ status: 'paid' });
  });
});

describe('an inquiry by an agent', () => {
  const ask = (id: string) =>
    test.app.inject({ method: 'POST', url: `/api/v1/finance/orders/${id}/inquiry`, headers: agent.headers });

  it('says that a gateway gives no answer', async () => {
    const { order } = await aCode();
    const [outcome] = (await ask(order.id)).json<{ attempts: { outcome: string }[] }>().attempts;
    expect(outcome?.outcome).toBe('no_answer');
  });

  it('applies what the gateway says, with the agent’s name', async () => {
    const bills = await test.bill();
    const order = await test.order(bills, { channel: 'fatourati' });
    const reference = await test.referenceOf(order.id);
    await test.control('PUT', '/api/fatourati/mode', { callbacks: 'silent', calls: 1, reference });
    await test.desk('fatourati', reference, 'pay');
    expect((await ask(order.id)).json()).toEqual({ attempts: [{ reference, outcome: 'changed' }] });
    expect((await ask(order.id)).json()).toEqual({ attempts: [{ reference, outcome: 'unchanged' }] });
    const { status, history, messages } = await orderOf(order.id);
    expect(status).toBe('paid');
    expect(history.at(-1)).toMatchObject({ actorName: 'Samir Lahlou', cause: 'inquiry' });
    expect(messages[0]).toMatchObject({ kind: 'inquiry', attemptReference: reference });
  });
});

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PaymentGateway } from '../../integrations/payment-gateway/payment-gateway.ts';
import { type Message, type Network, startNetwork } from '../../testing/network.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { maxTries } from '../payments/gateway-messages.ts';

let network: Network;
let test: PaymentApp;
/** What the gateways send stays with the test, which delivers it itself: they would send a fault again when it pleases them. */
let caught: Message[] | undefined;
beforeAll(async () => {
  network = await startNetwork(async (message) => {
    if (!caught) return await network.deliver(test.url, message);
    caught.push(message);
    return { status: 200, contentType: 'text/plain', body: '' };
  });
  test = await paymentApp({ environment: { PUBLIC_URL: network.url } });
});
afterAll(() => network.close());

const channels = {
  fatourati: { method: 'cmi', channel: 'fatourati' },
  amanpay: { method: 'amanpay', channel: 'card' },
} as const;
type Gateway = keyof typeof channels;

function gatewayOf(name: Gateway): PaymentGateway {
  const gateway = test.deps.gateways[name];
  if (!gateway) throw new Error(`${name} isn't configured`);
  return gateway;
}

async function begin(gateway: Gateway, bills?: string[]) {
  const order = await test.order(bills ?? (await test.bill(2)), channels[gateway]);
  if (order.next?.type === 'redirect') await test.visit(order);
  return { id: order.id, reference: await test.referenceOf(order.id) };
}

/** What happens at the gateway, and its notification, not delivered yet. */
async function catchNotification(...happening: Parameters<PaymentApp['desk']>): Promise<Message> {
  caught = [];
  await test.desk(...happening);
  const [message] = caught;
  caught = undefined;
  if (!message) throw new Error('nothing was sent');
  return message;
}

const statusOf = async (message: Message) => (await network.deliver(test.url, message))?.status;

/** The payer pays, the gateway says so, and doesn't show the money when it is asked. */
async function payTooEarly(gateway: Gateway, reference: string): Promise<Message> {
  const message = await catchNotification(gateway, reference, 'pay');
  const asked = vi.spyOn(gatewayOf(gateway), 'inquire').mockResolvedValueOnce({ state: 'pending' });
  expect(await statusOf(message)).toBe(400);
  expect(asked).toHaveBeenCalledTimes(1);
  asked.mockRestore();
  return message;
}

const messagesOf = (reference: string) =>
  test.rows(
    sql`select m.decision, m.repetitions from gateway_messages m join payment_attempts a on a.id = m.attempt_id
        where a.reference = ${reference} and m.kind = 'payment'`,
  );
const settlementsOf = async (orderId: string) =>
  (await test.rows(sql`select 1 as one from settlements where order_id = ${orderId}`)).length;

describe.each(['fatourati', 'amanpay'] as const)(
  'a notification of %s that comes before its money shows',
  (gateway) => {
    it('is a fault until our own inquiry settles it, and acknowledged when it comes again', async () => {
      const { id, reference } = await begin(gateway);
      const message = await payTooEarly(gateway, reference);
      expect((await test.read(id)).status).toBe('pending');
      await test.sweep();
      expect(await test.read(id)).toMatchObject({ status: 'paid', cause: 'inquiry' });
      const asked = vi.spyOn(gatewayOf(gateway), 'inquire');
      const answers = await Promise.all(Array.from({ length: 20 }, () => network.deliver(test.url, message)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]?.status).toBe(200);
      // What the books know is asked of nobody.
      expect(asked).not.toHaveBeenCalled();
      expect(await messagesOf(reference)).toEqual([{ decision: 'take', repetitions: 20 }]);
      expect(await settlementsOf(id)).toBe(2);
    });

    it('is worked on again when it comes again, and stays acknowledged once the money is gone', async () => {
      const { id, reference } = await begin(gateway);
      const message = await payTooEarly(gateway, reference);
      expect(await statusOf(message)).toBe(200);
      expect(await test.read(id)).toMatchObject({ status: 'paid', refund: null });
      expect(await settlementsOf(id)).toBe(2);
      await test.desk(gateway, reference, 'reverse');
      await test.sweep();
      expect((await test.read(id)).status).toBe('reversed');
      expect(await statusOf(message)).toBe(200);
      expect((await test.read(id)).status).toBe('reversed');
    });

    it('is acknowledged too when its money is due back, because another payer was first', async () => {
      const bills = await test.bill(2);
      const { id, reference } = await begin(gateway, bills);
      const message = await payTooEarly(gateway, reference);
      const first = await begin(gateway === 'amanpay' ? 'fatourati' : 'amanpay', bills);
      await test.desk(gateway === 'amanpay' ? 'fatourati' : 'amanpay', first.reference, 'pay');
      expect((await test.read(first.id)).status).toBe('paid');
      expect(await statusOf(message)).toBe(200);
      expect(await test.read(id)).toMatchObject({ status: 'refund_due', cause: 'lost_to_another_order' });
      expect(await messagesOf(reference)).toEqual([{ decision: 'do_not_take', repetitions: 1 }]);
      expect(await settlementsOf(id)).toBe(0);
    });
  },
);

describe('a notification that is a fault for good', () => {
  it('stays one once another transaction paid: the verdict of a refusal was turned', async () => {
    const { id, reference } = await begin('fatourati');
    const message = await catchNotification('fatourati', reference, 'forge', { variant: 'flipped_decision' });
    expect(await statusOf(message)).toBe(400);
    expect(await statusOf(message)).toBe(400);
    await test.desk('fatourati', reference, 'pay');
    expect((await test.read(id)).status).toBe('paid');
    expect(await statusOf(message)).toBe(400);
    expect(await settlementsOf(id)).toBe(2);
  });

  it('stays one for another amount than ours, which is due back', async () => {
    const { id, reference } = await begin('amanpay');
    await test.control('PUT', '/api/amanpay/mode', { amountCentimes: 100, reference });
    const message = await catchNotification('amanpay', reference, 'pay');
    await test.control('PUT', '/api/amanpay/mode', { normal: true, reference });
    expect(await statusOf(message)).toBe(400);
    expect((await test.read(id)).status).toBe('refund_due');
    expect(await statusOf(message)).toBe(400);
  });

  it('stays one when the gateway shows another amount than its notification told', async () => {
    const { id, reference } = await begin('fatourati');
    const message = await catchNotification('fatourati', reference, 'pay');
    const { transactionId } = await test.ledger('fatourati', reference);
    vi.spyOn(gatewayOf('fatourati'), 'inquire').mockResolvedValue({
      state: 'captured',
      amountCentimes: 100,
      currency: 'MAD',
      gatewayTransactionId: transactionId,
    });
    expect(await statusOf(message)).toBe(400);
    expect(await test.read(id)).toMatchObject({ status: 'refund_due', cause: 'wrong_amount' });
    expect(await statusOf(message)).toBe(400);
  });

  it('is asked about so often and no more, however often it comes', async () => {
    const { id, reference } = await begin('amanpay');
    const message = await catchNotification('amanpay', reference, 'forge', { variant: 'not_paid' });
    const asked = vi.spyOn(gatewayOf('amanpay'), 'inquire').mockResolvedValue({ state: 'pending' });
    for (let time = 0; time < maxTries + 5; time += 1) expect(await statusOf(message)).toBe(400);
    expect(asked).toHaveBeenCalledTimes(1 + maxTries);
    expect((await test.read(id)).status).toBe('pending');
  });
});

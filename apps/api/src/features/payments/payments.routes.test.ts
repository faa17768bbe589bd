import { randomUUID } from 'node:crypto';
import {
  cancelPaymentOrder,
  createPaymentOrder,
  getPaymentOrder,
  listOwnPayments,
  listPayments,
  type PaymentOrder,
  retryPaymentOrder,
} from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { testAccess } from '../../testing/access.ts';
import { signedInOperator } from '../../testing/factories.ts';
import { makeInvoice, makeIssuer, makeSubscriptionCode } from '../../testing/invoices.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});

const nobodys = { id: randomUUID() };
const choice = { method: 'cmi', channel: 'card' };

describe('access', () => {
  testAccess(
    () => test,
    [
      {
        route: createPaymentOrder,
        body: { invoiceIds: [randomUUID()], ...choice },
        anonymous: 404,
        operator: 404,
        agent: 404,
      },
      { route: getPaymentOrder, params: nobodys, anonymous: 404, operator: 404, agent: 404 },
      { route: retryPaymentOrder, params: nobodys, body: choice, anonymous: 404, operator: 404, agent: 404 },
      { route: cancelPaymentOrder, params: nobodys, anonymous: 404, operator: 404, agent: 404 },
      { route: listOwnPayments, anonymous: 401, operator: 200, agent: 401 },
      { route: listPayments, anonymous: 401, operator: 401, agent: 401 },
    ],
  );
});

const post = (path: string, payload: object, headers: Record<string, string> = {}) =>
  test.app.inject({ method: 'POST', url: `/api/v1${path}`, payload, headers });
const refusedWith = async (payload: object) => {
  const answer = await post('/payment-orders', payload);
  return `${String(answer.statusCode)} ${answer.json<{ code: string }>().code}`;
};

describe('an order', () => {
  it('is refused when its invoices can’t be paid together and so', async () => {
    const bills = await test.bill(2);
    const other = await makeInvoice(test, { issuerId: (await makeIssuer(test)).id, clientCode: '1206' });
    const [cancelled] = await test.bill(1, { status: 'cancelled' });
    const [amanPayOnly] = await test.bill(1, { methods: ['amanpay'] });
    const refusals = await Promise.all(
      [
        { invoiceIds: [...bills, randomUUID()], ...choice },
        { invoiceIds: [...bills, other.id], ...choice },
        { invoiceIds: [cancelled], ...choice },
        { invoiceIds: [amanPayOnly], ...choice },
        { invoiceIds: bills, method: 'cmi', channel: 'tashilat' },
        { invoiceIds: [], ...choice },
        { invoiceIds: bills, ...choice, payerEmail: 'nobody' },
      ].map(refusedWith),
    );
    expect(refusals).toEqual([
      '404 not_found',
      '422 invoices_of_several_issuers',
      '409 invoices_not_payable',
      '422 method_not_accepted',
      '422 method_not_accepted',
      '422 validation',
      '422 validation',
    ]);
    expect(await test.rows(sql`select 1 from payment_orders where amount_centimes = 168000`)).toEqual([]);
  });

  it('names those of its invoices that can’t be paid any more', async () => {
    const [first, second] = await test.bill(2);
    const [gone] = await test.bill(1, { number: 'GONE-7', status: 'cancelled' });
    const answer = await post('/payment-orders', { invoiceIds: [first, gone, second], ...choice });
    expect(answer.json<{ errors: object[] }>().errors).toEqual([
      {
        pointer: '/invoiceIds/1',
        code: 'invoice_not_payable',
        message: expect.stringContaining('GONE-7') as unknown,
        params: { number: 'GONE-7' },
      },
    ]);
  });

  it('isn’t made for another amount than the payer was shown', async () => {
    const invoiceIds = await test.bill(2);
    const order = (amount: string) => post('/payment-orders', { invoiceIds, ...choice, amount });
    expect((await order('1680.00')).statusCode).toBe(201);
    await test.deps.database.execute(
      sql`update invoices set amount_centimes = 84001 where id = ${invoiceIds[0]}`,
    );
    expect((await order('1680.00')).json()).toMatchObject({ code: 'invoices_not_payable' });
    expect((await order('1680.01')).json()).toMatchObject({ amount: '1680.01' });
    expect((await order('1680,01')).json()).toMatchObject({ code: 'validation' });
  });

  it('names its clients, each once, and its issuer as it was called then', async () => {
    const issuer = await makeIssuer(test, { name: 'Bureau Veritas' });
    const given = { issuerId: issuer.id };
    const bills = [
      ...(await test.bill(2, { ...given, clientName: 'STE UNE SARL' })),
      ...(await test.bill(1, { ...given, clientName: 'STE DEUX SARL' })),
    ];
    const { id } = await test.order(bills);
    await test.deps.database.execute(sql`update issuers set name = 'BV Maroc' where id = ${issuer.id}`);
    const order = await test.read(id);
    expect(order.clientName.split(', ').toSorted()).toEqual(['STE DEUX SARL', 'STE UNE SARL']);
    expect(order.issuer).toEqual({ code: issuer.code, name: 'Bureau Veritas' });
  });

  it('is made once for one key, from whatever address, and twins don’t make two', async () => {
    const bills = await test.bill();
    const key = { 'idempotency-key': randomUUID() };
    const body = { invoiceIds: bills, ...choice };
    const twins = await Promise.all([
      post('/payment-orders', body, key),
      post('/payment-orders', body, key),
      post('/payment-orders', body, key),
    ]);
    expect(twins.filter(({ statusCode }) => statusCode === 201).length).toBeGreaterThan(0);
    expect(twins.every(({ statusCode }) => statusCode === 201 || statusCode === 409)).toBe(true);
    const again = await test.app.inject({
      method: 'POST',
      url: '/api/v1/payment-orders',
      payload: body,
      headers: key,
      remoteAddress: '203.0.113.9',
    });
    expect(again.statusCode).toBe(201);
    expect(
      await test.rows(sql`select 1 from payment_order_lines where invoice_id = ${bills[0]}`),
    ).toHaveLength(1);
    const otherBody = await post('/payment-orders', { ...body, channel: 'fatourati' }, key);
    expect(otherBody.json()).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('keeps a natural person’s name from whoever holds its link', async () => {
    const bills = await test.bill(1, { clientName: 'Mme Salma Berrada', clientIsPerson: true });
    const order = await test.order(bills);
    expect(order.clientName).toBe('Mme S••• B•••');
    expect(JSON.stringify(order.next)).not.toContain('Berrada');
  });

  it('is tried again by another channel, and its first page can still pay it', async () => {
    const bills = await test.bill();
    const order = await test.order(bills);
    await test.visit(order);
    const first = await test.referenceOf(order.id);
    const retried = await post(`/payment-orders/${order.id}/attempts`, {
      method: 'cmi',
      channel: 'fatourati',
    });
    expect(retried.json()).toMatchObject({ channel: 'fatourati', next: { type: 'reference' } });
    await test.desk('cmi', first, 'pay');
    expect(await test.read(order.id)).toMatchObject({ status: 'paid', channel: 'card' });
    const closed = await post(`/payment-orders/${order.id}/attempts`, choice);
    expect(closed.json()).toMatchObject({ code: 'order_closed' });
  });
});

it('only the payment page may post to the gateways', async () => {
  const policyOf = async (url: string) =>
    String((await test.app.inject({ url })).headers['content-security-policy']);
  const gateways = new URL(test.sandboxUrl).origin;
  expect(await policyOf('/paiement/commandes/x')).toContain(`form-action 'self' ${gateways};`);
  for (const url of ['/espace-prive/', '/agents/', '/paiements'])
    expect(await policyOf(url)).toContain("form-action 'self';");
});

describe('the operator’s own payments', () => {
  it('are those for their invoices, whoever paid, and nobody else’s', async () => {
    const owner = await signedInOperator(test);
    const stranger = await signedInOperator(test);
    const { code, ice } = await makeSubscriptionCode(test, { accountId: owner.account.id });
    const byCode = await test.order(await test.bill(1, { clientCode: code }));
    const byIce = await test.order(await test.bill(1, { clientCode: ice }));
    await test.order(await test.bill());
    const mixed = [...(await test.bill(1, { clientCode: code })), ...(await test.bill())];
    await test.order(mixed);
    const list = async (headers: Record<string, string>) =>
      (await test.app.inject({ url: '/api/v1/account/payments', headers })).json<{
        items: PaymentOrder[];
        total: number;
      }>();
    const own = await list(owner.headers);
    expect(own.items.map(({ id }) => id)).toEqual([byIce.id, byCode.id]);
    expect(own.total).toBe(2);
    expect(await list(stranger.headers)).toMatchObject({ items: [], total: 0 });
  });
});

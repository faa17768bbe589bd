import {
  checkGatewayRefund,
  closeAnomaly,
  exportFinanceOrders,
  type FinanceOrder,
  getFinanceOrder,
  getSettlementFile,
  giveSettlementFile,
  inquireFinanceOrder,
  listAnomalies,
  listFinanceOrders,
  listRefunds,
  listSettlementFiles,
  type Refund,
  recordObservation,
  recordRefund,
  refundByGateway,
  releaseRefund,
  takeRefund,
} from '@rnoce/schemas';
import { parse } from 'csv-parse/sync';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { issuers } from '../../db/schema/invoices.ts';
import { paymentOrders, refunds } from '../../db/schema/payments.ts';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { makeOrder } from '../../testing/orders.ts';

let test: TestApp;
type Agent = Awaited<ReturnType<typeof signedInAgent>>;
let finance: Agent;
beforeAll(async () => {
  test = await testApp();
  finance = await signedInAgent(test, { role: 'finance' });
});

const id = '8f1c7d52-3b0e-4a6f-9c2d-7e5a4b3c2d15';
const refused = { anonymous: 401, operator: 401, agent: 403 };
const csv = { 'content-type': 'text/csv' };
const observation = { says: 'not_paid', note: 'vu', seen: 'redirected' };
testAccess(
  () => test,
  [
    { route: listFinanceOrders, ...refused },
    { route: exportFinanceOrders, ...refused },
    { route: getFinanceOrder, params: { id }, ...refused },
    { route: inquireFinanceOrder, params: { id }, ...refused },
    { route: recordObservation, params: { id }, body: observation, ...refused },
    { route: listRefunds, ...refused },
    { route: takeRefund, params: { id }, ...refused },
    { route: releaseRefund, params: { id }, ...refused },
    {
      route: recordRefund,
      params: { id },
      body: { way: 'transfer', proof: 'V1', refundedOn: '2026-11-20' },
      ...refused,
    },
    { route: refundByGateway, params: { id }, ...refused },
    { route: checkGatewayRefund, params: { id }, ...refused },
    {
      route: giveSettlementFile,
      query: { provider: 'cmi', day: '2026-11-20' },
      headers: csv,
      ...refused,
    },
    { route: listSettlementFiles, ...refused },
    { route: getSettlementFile, params: { id }, ...refused },
    { route: listAnomalies, ...refused },
    { route: closeAnomaly, params: { id }, body: { note: 'vu' }, ...refused },
  ],
);

const get = (path: string, { headers }: Agent = finance) =>
  test.app.inject({ url: `/api/v1/finance${path}`, headers });
type Listed = {
  items: { number: string }[];
  total: number;
  totals: { status: string; count: number; amount: string }[];
};
const listed = async (query: string) => (await get(`/orders?${query}`)).json<Listed>();

describe('the roles', () => {
  it.each(['finance', 'administrator'] as const)('%s follows the money', async (role) => {
    const agent = await signedInAgent(test, { role, authority: 'portnet' });
    for (const path of ['/orders', '/refunds', '/anomalies', '/settlement-files', '/orders/export'])
      expect((await get(path, agent)).statusCode).toBe(200);
    expect((await get(`/orders/${id}`, agent)).statusCode).toBe(404);
    expect((await get(`/settlement-files/${id}`, agent)).statusCode).toBe(404);
  });

  it('finance decides no filing', async () => {
    const inject = (url: string, method: 'GET' | 'POST' = 'GET') =>
      test.app.inject({
        method,
        url: `/api/v1${url}`,
        headers: { ...finance.headers, 'if-match': '"1"' },
        ...(method === 'POST' && { payload: { outcome: 'validated', reasons: [] } }),
      });
    expect((await inject('/filings')).statusCode).toBe(403);
    expect((await inject(`/filings/${id}/decision`, 'POST')).statusCode).toBe(403);
  });
});

describe('the list of orders', () => {
  it('finds an order by each of its numbers, and no other', async () => {
    const { order, attempt, invoices } = await makeOrder(test, { status: 'paid' });
    await makeOrder(test, { status: 'paid' });
    const number = `PN-${String(order.number).padStart(10, '0')}`;
    const [invoice] = invoices;
    const names = [
      number,
      number.toLowerCase(),
      attempt.reference,
      attempt.gatewayTransactionId,
      invoice?.number,
      invoice?.number.toLowerCase(),
      invoice?.clientCode,
      invoice?.clientCode.toLowerCase(),
      order.receiptNumber,
    ];
    for (const name of names) {
      const { items, total } = await listed(`q=${encodeURIComponent(String(name))}`);
      expect([name, items.map((item) => item.number)]).toEqual([name, expect.arrayContaining([number])]);
      // A code of digits may be an order's number too.
      expect(total).toBeLessThan(3);
    }
    expect((await listed('q=PN-9999999999')).items).toEqual([]);
  });

  it('filters, sorts, and sums each status under the other filters', async () => {
    const issuerName = 'Bureau Veritas';
    const made = [];
    for (const [status, centimes] of [
      ['paid', 10_000],
      ['paid', 30_005],
      ['expired', 20_000],
    ] as const)
      made.push(await makeOrder(test, { status, issuerName, lines: [{ amountCentimes: centimes }] }));
    await test.deps.database.execute(
      sql`update payment_orders set created_at = '2020-06-05T23:30:00Z' where id in ${made.map(({ order }) => order.id)}`,
    );
    // 23:30 UTC is the day after in Morocco, that June.
    expect((await listed('from=2020-06-05&to=2020-06-05')).total).toBe(0);
    const day = await listed('from=2020-06-06&to=2020-06-06&status=paid&sort=highest');
    expect(day.total).toBe(2);
    expect(day.items.map(({ number }) => Number(number.slice(3)))).toEqual([
      made[1]?.order.number,
      made[0]?.order.number,
    ]);
    expect(day.totals.toSorted((a, b) => a.status.localeCompare(b.status))).toEqual([
      { status: 'expired', count: 1, amount: '200.00' },
      { status: 'paid', count: 2, amount: '400.05' },
    ]);
    expect((await listed('from=2020-06-06&to=2020-06-06&method=amanpay')).total).toBe(0);
    expect((await listed('from=2020-06-06&to=2020-06-06&channel=card')).total).toBe(3);
  });

  it('refuses what is no filter', async () => {
    expect((await get('/orders?status=settled')).statusCode).toBe(422);
    expect((await get('/orders?from=yesterday')).statusCode).toBe(422);
  });
});

describe('an order', () => {
  it('is shown whole to whoever opens it', async () => {
    const { order, attempt } = await makeOrder(test, {
      status: 'paid',
      payerEmail: 'payeur@exemple.example',
      lines: [{ clientName: 'Amina Bennani', clientIsPerson: true }],
    });
    const answer = await get(`/orders/${order.id}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json<FinanceOrder>()).toMatchObject({
      status: 'paid',
      payerEmail: 'payeur@exemple.example',
      clientName: 'Amina Bennani',
      lines: [{ invoiceStatus: 'unpaid' }],
      attempts: [{ reference: attempt.reference, recordable: ['reversed', 'voided'] }],
      settlements: [{ attemptReference: attempt.reference, releasedAt: null }],
      refunds: [],
      anomalies: [],
    });
  });
});

describe('the export', () => {
  const rowsOf = (body: string) =>
    parse<Record<string, string>>(body, { delimiter: ';', bom: true, columns: true });

  it('holds every order of the filters once, in the language asked for, and no formula', async () => {
    const issuerName = '=HYPERLINK("http://x")';
    const { order } = await makeOrder(test, {
      status: 'refund_due',
      issuerName,
      lines: [{ clientName: '@SUM(A1)', amountCentimes: 123_405 }],
    });
    const number = `PN-${String(order.number).padStart(10, '0')}`;
    const answer = await get(`/orders/export?format=csv&q=${number}`);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="commandes-[\d-]+\.csv"$/);
    expect(answer.body.startsWith('\uFEFF"Commande";"Statut"')).toBe(true);
    const rows = rowsOf(answer.body);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      Commande: number,
      Statut: 'À rembourser',
      Émetteur: `'${issuerName}`,
      Client: "'@SUM(A1)",
      Montant: '1234,05',
    });
    expect((await get(`/orders/export?q=${number}&locale=ar`)).body).toContain('الطلبية');
  });

  it('names the issuer as the receipt does, whatever name it took since; the lists do too', async () => {
    const { order, attempt } = await makeOrder(test, {
      status: 'refund_due',
      issuerName: 'Bureau Ancien',
    });
    await test.deps.database.insert(refunds).values({
      orderId: order.id,
      attemptId: attempt.id,
      amountCentimes: order.amountCentimes,
      cause: 'lost_to_another_order',
      dueSince: new Date(),
    });
    const [issuer] = await test.deps.database
      .update(issuers)
      .set({ name: 'Bureau Nouveau' })
      .where(eq(issuers.id, order.issuerId))
      .returning();
    const number = `PN-${String(order.number).padStart(10, '0')}`;
    const [row] = rowsOf((await get(`/orders/export?q=${number}`)).body);
    expect(row?.Émetteur).toBe('Bureau Ancien');
    const named = { issuer: { code: issuer?.code, name: 'Bureau Ancien' } };
    expect((await listed(`q=${number}`)).items).toMatchObject([named]);
    expect((await get(`/orders/${order.id}`)).json<FinanceOrder>()).toMatchObject({
      ...named,
      refunds: [named],
    });
    const { items } = (await get('/refunds?pageSize=100')).json<{ items: Refund[] }>();
    expect(items.filter((refund) => refund.order.id === order.id)).toMatchObject([named]);
  });

  it('goes from batch to batch without a repetition or a gap', async () => {
    const { order } = await makeOrder(test, {
      status: 'expired',
      createdAt: new Date('2019-01-01T12:00:00Z'),
    });
    const { id: _, number: __, ...columns } = order;
    const copies = Array.from({ length: 2499 }, () => ({
      ...columns,
      receiptNumber: null,
      receiptCode: null,
    }));
    for (let from = 0; from < copies.length; from += 500)
      await test.deps.database.insert(paymentOrders).values(copies.slice(from, from + 500));
    const rows = rowsOf((await get('/orders/export?from=2019-01-01&to=2019-01-01')).body);
    expect(rows).toHaveLength(2500);
    expect(new Set(rows.map((row) => row.Commande)).size).toBe(2500);
  });
});

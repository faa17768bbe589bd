import { createHash } from 'node:crypto';
import { checkReceipt, emailPaymentOrder, getReceipt, type OrderStatus, orderStatuses } from '@rnoce/schemas';
import { eq, like, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { paymentOrders } from '../../db/schema/payments.ts';
import { createTypesetter } from '../../integrations/typesetting/typesetter.ts';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeOrder } from '../../testing/orders.ts';
import { readQrCodes } from '../../testing/pdf-qr-codes.ts';
import { readPdf } from '../../testing/pdf-text.ts';
import { getReceiptFile } from './read-receipt.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const strange = '00000000-0000-4000-8000-000000000000';
const noCode = '0000-0000-0000-0000-0000-0000-0000';
const open = { anonymous: 404, operator: 404, agent: 404 };
testAccess(
  () => test,
  [
    { route: getReceipt, params: { id: strange }, ...open },
    { route: checkReceipt, params: { code: noCode }, ...open },
    {
      route: emailPaymentOrder,
      params: { id: strange },
      body: { email: 'a@club.example', locale: 'fr' },
      ...open,
    },
  ],
);

const get = (url: string) => test.app.inject({ url: `/api/v1${url}` });
const receiptOf = (orderId: string, locale?: string) =>
  get(`/payment-orders/${orderId}/receipt${locale === undefined ? '' : `?locale=${locale}`}`);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a receipt', () => {
  it.each(['fr', 'ar', 'en'])(
    'in %s has the address of its public check as a code for cameras',
    async (locale) => {
      const { order } = await makeOrder(test, { status: 'paid' });
      const codes = await readQrCodes((await receiptOf(order.id, locale)).rawPayload);
      expect(codes).toEqual([
        `${test.deps.environment.PUBLIC_URL}/paiement/recus/${String(order.receiptCode)}`,
      ]);
      const checked = await get(`/receipts/${String(codes[0]?.split('/').at(-1))}`);
      expect(checked.json()).toMatchObject({ state: 'genuine', receiptNumber: order.receiptNumber });
    },
  );

  it('shows what was paid, to whom, how and when', async () => {
    const { order, attempt, invoices } = await makeOrder(test, {
      status: 'paid',
      payerEmail: 'contact@atlas.example',
      lines: [
        { number: 'WAF3', amountCentimes: 184_000 },
        { number: 'WAF4', amountCentimes: 5 },
      ],
    });
    const answer = await receiptOf(order.id);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="recu-${String(order.receiptNumber)}.pdf"`,
      'cache-control': 'private, no-store',
    });
    const { pages, title, language, roles } = await readPdf(answer.rawPayload);
    const text = pages.flat();
    for (const shown of [
      'Reçu de paiement',
      String(order.receiptNumber),
      `PN-${String(order.number).padStart(10, '0')}`,
      '21/11/2026 09:42',
      'TUV Rheinland',
      'Société de test SARL',
      invoices[0]?.clientCode ?? '-',
      'CMI — Carte bancaire',
      String(attempt.gatewayTransactionId),
      'c•••@a•••.example',
      'WAF3',
      'WAF4',
      '01/10/2026',
      '1 840,00 MAD',
      '0,05 MAD',
      '1 840,05 MAD',
      String(order.receiptCode),
      `http://127.0.0.1:3000/paiement/recus/${String(order.receiptCode)}`,
    ])
      expect(text).toContain(shown);
    expect(title).toBe(`Reçu de paiement ${String(order.receiptNumber)}`);
    expect(language).toBe('fr');
    for (const role of ['H1', 'H2', 'Table', 'TH', 'TD', 'Figure']) expect(roles).toContain(role);
  });

  it('is in the language of the payer, or the one asked for', async () => {
    const { order } = await makeOrder(test, { status: 'paid', locale: 'ar' });
    const arabic = await readPdf((await receiptOf(order.id)).rawPayload);
    expect(arabic.language).toBe('ar');
    for (const word of ['وصل', 'المبلغ', 'المصدر', 'الزبون'])
      expect(arabic.pages.flat().join(' ')).toContain(word);
    expect(arabic.pages.flat()).toContain('840,00 MAD');
    expect((await readPdf((await receiptOf(order.id, 'en')).rawPayload)).title).toContain('Payment receipt');
    expect((await receiptOf(order.id, 'de')).statusCode).toBe(422);
  });

  it('has the same bytes each time, by whichever process, whatever its issuer is called since', async () => {
    const { order } = await makeOrder(test, { status: 'paid', locale: 'ar', lines: [{}, {}] });
    const first = sha256((await receiptOf(order.id)).rawPayload);
    await test.deps.database.execute(
      sql`update issuers set name = 'Un autre nom' where id = ${order.issuerId}`,
    );
    expect(sha256((await receiptOf(order.id)).rawPayload)).toBe(first);
    const typesetter = createTypesetter();
    const elsewhere = await getReceiptFile({ ...test.deps, typesetter }, order.id as never);
    await typesetter.close();
    expect(sha256(elsewhere.pdf)).toBe(first);
  });

  it('holds a hundred invoices, on numbered pages', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => ({
      number: `N-${String(index + 1).padStart(3, '0')}`,
    }));
    const { order } = await makeOrder(test, { status: 'paid', lines });
    const { pages } = await readPdf((await receiptOf(order.id)).rawPayload);
    expect(pages.length).toBeGreaterThan(1);
    const text = pages.flat();
    expect(text.filter((run) => /^N-\d{3}$/.test(run))).toEqual(lines.map(({ number }) => number));
    expect(text).toContain('84 000,00 MAD');
    for (const [index, page] of pages.entries())
      expect(page.join(' ')).toContain(
        `${String(order.receiptNumber)} — ${String(index + 1)} / ${String(pages.length)}`,
      );
  });

  it('masks the name of a natural person, as everything that the link gives', async () => {
    const { order } = await makeOrder(test, {
      status: 'paid',
      lines: [{ clientName: 'M. Ahmed Benali', clientIsPerson: true }],
    });
    const text = (await readPdf((await receiptOf(order.id)).rawPayload)).pages.flat().join(' ');
    expect(text).toContain('M. A••• B•••');
    expect(text).not.toMatch(/Ahmed|Benali/);
  });

  it('names each client when there are several', async () => {
    const { order } = await makeOrder(test, {
      status: 'paid',
      lines: [
        { clientName: 'Atlas SARL', clientCode: 'AT12' },
        { clientName: 'Souss SA', clientCode: 'S0US' },
      ],
    });
    const text = (await readPdf((await receiptOf(order.id)).rawPayload)).pages.flat();
    expect(text).toEqual(expect.arrayContaining(['Atlas SARL (AT12)', 'Souss SA (S0US)']));
  });

  it('has a long number cut where it must be, and whole again when it is copied', async () => {
    const number = 'F2026-'.repeat(12);
    const { order } = await makeOrder(test, { status: 'paid', lines: [{ number }] });
    const runs = (await readPdf((await receiptOf(order.id)).rawPayload)).pages.flat();
    expect(runs).not.toContain(number);
    expect(runs.join('')).toContain(number);
  });

  it.each([
    '#panic("x") \\ "cité" $x$ *gras*',
    'Société très longue '.repeat(12).trim(),
    'مكتب الدراسات ABC-12 (المغرب)',
    'Emoji 😀 et 日本',
  ])('is made for %j', async (clientName) => {
    const { order } = await makeOrder(test, {
      status: 'paid',
      issuerName: clientName,
      lines: [{ clientName, number: 'X'.repeat(40) }],
    });
    for (const locale of ['fr', 'ar']) expect((await receiptOf(order.id, locale)).statusCode).toBe(200);
  });

  it.each(orderStatuses.filter((status) => status !== 'paid'))(
    'is not given while the order is %s',
    async (status: OrderStatus) => {
      const { order } = await makeOrder(test, { status });
      const answer = await receiptOf(order.id);
      expect(answer.statusCode).toBe(409);
      expect(answer.json()).toMatchObject({ code: 'order_not_paid' });
    },
  );
});

describe('the check of a receipt', () => {
  it('shows what stands on it', async () => {
    const { order, invoices } = await makeOrder(test, {
      status: 'paid',
      lines: [{ number: 'A1', clientName: 'Mme Zineb Alami', clientIsPerson: true }],
    });
    const answer = await get(`/receipts/${String(order.receiptCode)}`);
    expect(answer.json()).toEqual({
      receiptNumber: order.receiptNumber,
      orderNumber: `PN-${String(order.number).padStart(10, '0')}`,
      state: 'genuine',
      issuer: { code: expect.stringContaining('TEST-') as unknown, name: 'TUV Rheinland' },
      clientName: 'Mme Z••• A•••',
      invoiceNumbers: invoices.map(({ number }) => number),
      amount: '840.00',
      currency: 'MAD',
      paidAt: '2026-11-21T09:42:00.000Z',
    });
    const typed = String(order.receiptCode).toLowerCase().replaceAll('-', '');
    expect((await get(`/receipts/${typed}`)).json()).toMatchObject({ state: 'genuine' });
  });

  it.each(['reversed', 'refund_due', 'refunded'] as const)(
    'tells one whose order is %s now',
    async (status) => {
      const { order } = await makeOrder(test, { status });
      expect((await get(`/receipts/${String(order.receiptCode)}`)).json()).toMatchObject({
        state: 'taken_back',
      });
    },
  );

  it('knows no other code', async () => {
    const { order } = await makeOrder(test, { status: 'paid' });
    const code = String(order.receiptCode);
    const last = code.endsWith('0') ? '1' : '0';
    for (const wrong of [
      `${code.slice(0, -1)}${last}`,
      code.slice(0, -1),
      order.id,
      String(order.receiptNumber),
      '%27--',
    ])
      expect((await get(`/receipts/${wrong}`)).statusCode).toBe(404);
  });
});

describe('an e-mail about an order', () => {
  const ask = (orderId: string, email: string, headers = {}) =>
    test.app.inject({
      method: 'POST',
      url: `/api/v1/payment-orders/${orderId}/emails`,
      payload: { email, locale: 'ar' },
      headers,
    });
  const queuedFor = (orderId: string) =>
    test.deps.database
      .select()
      .from(emails)
      .where(like(emails.event, `order:${orderId}:%`));
  const referenceOut = {
    status: 'pending',
    channel: 'fatourati',
    attempt: { status: 'reference_out', gatewayReference: '1000300000071', provider: 'fatourati' },
  } as const;

  it('is the receipt once paid, for the address and in the language asked for', async () => {
    const { order } = await makeOrder(test, { status: 'paid', payerEmail: 'payeur@club.example' });
    const answer = await ask(order.id, 'Comptable@Club.example');
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ email: 'c•••@c•••.example' });
    const [email] = await queuedFor(order.id);
    expect(email).toMatchObject({
      to: 'comptable@club.example',
      locale: 'ar',
      template: 'payment_receipt',
      data: { receiptNumber: order.receiptNumber, amount: '840.00' },
    });
  });

  it('is the reference before that', async () => {
    const { order } = await makeOrder(test, referenceOut);
    expect((await ask(order.id, 'reference@club.example')).statusCode).toBe(202);
    const [email] = await queuedFor(order.id);
    expect(email).toMatchObject({
      template: 'payment_reference',
      data: { reference: '1000300000071', path: `/paiement/commandes/${order.id}` },
    });
  });

  it('is refused when there is nothing to tell', async () => {
    const { order: card } = await makeOrder(test, { status: 'pending', attempt: { status: 'redirected' } });
    expect((await ask(card.id, 'a@club.example')).json()).toMatchObject({ code: 'order_not_paid' });
    const { order: closed } = await makeOrder(test, { status: 'expired' });
    expect((await ask(closed.id, 'a@club.example')).json()).toMatchObject({ code: 'order_closed' });
    expect(await queuedFor(card.id)).toEqual([]);
  });

  it('leaves once for one key, and five times a day for one order', async () => {
    const { order } = await makeOrder(test, { status: 'paid' });
    const headers = { 'idempotency-key': `clef-${order.id}` };
    for (let time = 0; time < 3; time += 1)
      expect((await ask(order.id, 'b@club.example', headers)).statusCode).toBe(202);
    expect(await queuedFor(order.id)).toHaveLength(1);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => ask(order.id, `b${String(index)}@club.example`)),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      202, 202, 202, 202, 429, 429, 429, 429,
    ]);
    expect(await queuedFor(order.id)).toHaveLength(5);
  });

  it('tells one address what to pay ten times a day at most, whichever the orders', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 12; time += 1) {
      const { order } = await makeOrder(test, referenceOut);
      // A « + » makes another name of one mailbox.
      statuses.push(
        (await ask(order.id, `cible${time % 2 ? `+${String(time)}` : ''}@club.example`)).statusCode,
      );
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 202), 429, 429]);
    const { order: paid } = await makeOrder(test, { status: 'paid' });
    expect((await ask(paid.id, 'cible@club.example')).statusCode).toBe(202);
    await test.deps.database.delete(emails).where(like(emails.to, 'cible%@club.example'));
  });

  it('names no address that is none', async () => {
    const { order } = await makeOrder(test, { status: 'paid' });
    for (const wrong of [
      '',
      'x',
      'a@b',
      'a@club.example,b@club.example',
      'a@club.example\r\nBcc: c@d.example',
    ])
      expect((await ask(order.id, wrong)).statusCode).toBe(422);
    const [row] = await test.deps.database.select().from(paymentOrders).where(eq(paymentOrders.id, order.id));
    expect(row?.payerEmail).toBeNull();
  });
});

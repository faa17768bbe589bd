import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/src/start-sandbox.ts';
import { emails } from '../../db/schema/emails.ts';
import { paymentOrders, refunds } from '../../db/schema/payments.ts';
import type { Mailer } from '../../integrations/mail/mailer.ts';
import { createSmtpMailer } from '../../integrations/mail/smtp-mailer.ts';
import { sendEmail } from '../../jobs/send-email.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeOrder } from '../../testing/orders.ts';
import { readPdf } from '../../testing/pdf-text.ts';
import { type OrderEmailKind, queueOrderEmail } from './order-emails.ts';

const Inbox = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      html: z.string(),
      subject: z.string(),
      attachments: z.array(z.object({ name: z.string(), mediaType: z.string(), sizeBytes: z.number() })),
    }),
  ),
});

let test: TestApp;
let dataDir: string;
let sandbox: RunningSandbox;
let mailer: Mailer;
beforeAll(async () => {
  test = await testApp();
  dataDir = await mkdtemp(join(tmpdir(), 'order-emails-'));
  sandbox = await startSandbox({ dataDir, badrKey: 'unused' });
  mailer = createSmtpMailer({ url: sandbox.smtpUrl, from: test.deps.environment.MAIL_FROM });
});
afterAll(async () => {
  mailer.close();
  await sandbox.stop();
  await rm(dataDir, { recursive: true });
});

const at = new Date('2026-11-21T09:42:00Z');
type Order = Awaited<ReturnType<typeof makeOrder>>['order'];
const queue = (order: Order, kind: OrderEmailKind, when = at) =>
  test.deps.database.transaction((tx) => queueOrderEmail(tx, test.deps.jobs, order, kind, when));
const rowsOf = (order: Order) =>
  test.deps.database
    .select()
    .from(emails)
    .where(like(emails.event, `order:${order.id}:%`));

let serial = 0;
const newAddress = () => `payeur-${String((serial += 1))}@club.example`;
/** Sends what is queued for an order and finds it in the mailbox. */
async function sent(order: Order) {
  const [row] = await rowsOf(order);
  if (!row) throw new Error('nothing is queued');
  await sendEmail(test.deps, mailer, { emailId: row.id });
  const answer = await fetch(`${sandbox.url}/api/inbox?to=${encodeURIComponent(row.to)}`);
  const [mail] = Inbox.parse(await answer.json()).items;
  const [after] = await rowsOf(order);
  return { mail, row: after };
}

it('carries the receipt, and links to the order', async () => {
  const { order } = await makeOrder(test, { status: 'paid', payerEmail: newAddress(), locale: 'ar' });
  expect(await queue(order, 'receipt')).toBe('queued');
  const { mail } = await sent(order);
  expect(mail?.text).toContain(`http://127.0.0.1:3000/paiement/commandes/${order.id}`);
  expect(mail?.html).toContain('dir="rtl"');
  const name = `recu-${String(order.receiptNumber)}.pdf`;
  expect(mail?.attachments).toEqual([expect.objectContaining({ name, mediaType: 'application/pdf' })]);
  const file = await fetch(`${sandbox.url}/api/inbox/${String(mail?.id)}/attachments/0`);
  const pdf = new Uint8Array(await file.arrayBuffer());
  expect((await readPdf(pdf)).pages.flat()).toContain(order.receiptNumber);
  const served = await test.app.inject({ url: `/api/v1/payment-orders/${order.id}/receipt` });
  expect(Buffer.compare(pdf, served.rawPayload)).toBe(0);
});

it('does not leave with a receipt that no longer holds', async () => {
  const { order } = await makeOrder(test, { status: 'paid', payerEmail: newAddress() });
  await queue(order, 'receipt');
  await test.deps.database
    .update(paymentOrders)
    .set({ status: 'reversed' })
    .where(eq(paymentOrders.id, order.id));
  const { mail, row } = await sent(order);
  expect(mail).toBeUndefined();
  expect(row).toMatchObject({ status: 'failed', lastError: 'what it tells is no longer so' });
});

it('tells the reference that is out, the last one', async () => {
  const { order } = await makeOrder(test, {
    status: 'pending',
    channel: 'tashilat',
    method: 'amanpay',
    payerEmail: newAddress(),
    attempt: {
      status: 'reference_out',
      provider: 'amanpay',
      gatewayReference: '123456789',
      shown: { paidAt: ['TASHILAT', 'Chaabi Cash'] },
    },
  });
  expect(await queue(order, 'reference')).toBe('queued');
  const { mail, row } = await sent(order);
  expect(mail?.text).toContain('    123456789\n');
  expect(mail?.text).toContain('TASHILAT, Chaabi Cash');
  expect(mail?.text).toContain('01/01/2099');
  expect(mail?.attachments).toEqual([]);
  // The reference is money's way in: gone from the row once told.
  expect(JSON.stringify(row?.data)).not.toContain('123456789');
});

it('tells how much goes back', async () => {
  const { order, attempt } = await makeOrder(test, { status: 'refund_due', payerEmail: newAddress() });
  const refund = { orderId: order.id, attemptId: attempt.id, cause: 'wrong_amount', dueSince: at } as const;
  await test.deps.database.insert(refunds).values([
    { ...refund, amountCentimes: 100_050, transactionId: 'a' },
    { ...refund, amountCentimes: 7, transactionId: 'b', status: 'refunded', refundedAt: at },
  ]);
  await queue(order, 'refund_due');
  const { mail } = await sent(order);
  expect(mail?.text).toContain('1\u202f000,50\u00a0MAD');
});

it('tells that a payment was taken back', async () => {
  const { order } = await makeOrder(test, { status: 'reversed', payerEmail: newAddress() });
  await queue(order, 'taken_back');
  const { mail } = await sent(order);
  expect(mail?.subject).toContain('repris');
  expect(mail?.text).toContain('840,00\u00a0MAD');
});

describe('an event', () => {
  it('is told once, and again when it happens again', async () => {
    const { order } = await makeOrder(test, { status: 'paid', payerEmail: newAddress() });
    await queue(order, 'receipt');
    await queue(order, 'receipt');
    expect(await rowsOf(order)).toHaveLength(1);
    await queue(order, 'receipt', new Date(at.getTime() + 1));
    expect(await rowsOf(order)).toHaveLength(2);
  });

  it('is told to nobody when the payer left no address', async () => {
    const { order } = await makeOrder(test, { status: 'paid' });
    expect(await queue(order, 'receipt')).toBe('nothing_to_tell');
    expect(await rowsOf(order)).toEqual([]);
  });

  it('is not told when its change is undone', async () => {
    const { order } = await makeOrder(test, { status: 'paid', payerEmail: newAddress() });
    const undone = test.deps.database.transaction(async (tx) => {
      await queueOrderEmail(tx, test.deps.jobs, order, 'receipt', at);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await rowsOf(order)).toEqual([]);
  });
});

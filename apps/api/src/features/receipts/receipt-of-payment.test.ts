import type { PaymentOrder, ReceiptCheck } from '@rnoce/schemas';
import { like } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { emails } from '../../db/schema/emails.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { readPdf } from '../../testing/pdf-text.ts';

let test: PaymentApp;
beforeAll(async () => {
  test = await paymentApp();
});
const get = (path: string) => test.app.inject({ url: `/api/v1${path}` });
const templatesOf = async (order: PaymentOrder) =>
  (
    await test.deps.database
      .select({ template: emails.template })
      .from(emails)
      .where(like(emails.event, `order:${order.id}:%`))
      .orderBy(emails.id)
  ).map(({ template }) => template);

it('follows a payment from the reference to the receipt, and tells when it is taken back', async () => {
  const invoiceIds = await test.bill(2);
  const ordered = await test.order(invoiceIds, {
    method: 'amanpay',
    channel: 'tashilat',
    payerEmail: 'payeur@club.example',
  });
  const reference = await test.referenceOf(ordered.id);
  await test.desk('amanpay', reference, 'pay');
  const paid = await test.read(ordered.id);
  expect(paid).toMatchObject({ status: 'paid', amount: '1680.00' });
  const answer = await get(`/payment-orders/${ordered.id}/receipt`);
  const text = (await readPdf(answer.rawPayload)).pages.flat();
  for (const shown of [paid.number, paid.transactionNumber, paid.receipt?.number, paid.receipt?.code])
    expect(text).toContain(shown);
  const check = () => get(`/receipts/${String(paid.receipt?.code)}`);
  expect((await check()).json<ReceiptCheck>()).toMatchObject({ state: 'genuine', amount: '1680.00' });
  expect(await templatesOf(ordered)).toEqual(['payment_reference', 'payment_receipt']);

  await test.desk('amanpay', reference, 'reverse');
  expect(await test.read(ordered.id)).toMatchObject({ status: 'reversed' });
  expect((await check()).json<ReceiptCheck>()).toMatchObject({ state: 'taken_back' });
  expect((await get(`/payment-orders/${ordered.id}/receipt`)).statusCode).toBe(409);
  expect(await templatesOf(ordered)).toEqual(['payment_reference', 'payment_receipt', 'payment_taken_back']);
});

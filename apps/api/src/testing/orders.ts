import type { OrderStatus } from '@rnoce/schemas';
import {
  paymentAttempts,
  paymentEntries,
  paymentOrderLines,
  paymentOrders,
  settlements,
} from '../db/schema/payments.ts';
import { newReceipt } from '../features/receipts/new-receipt.ts';
import type { TestApp } from './app.ts';
import { makeInvoice, makeIssuer, newSubscriptionCode } from './invoices.ts';

type Line = Partial<Parameters<typeof makeInvoice>[1]>;

const inserted = <T>([row]: T[]): T => {
  if (!row) throw new Error('nothing was made');
  return row;
};

/** Rows of an order as it is found in a status, without the history that leads there: CMI's card, the invoices of one client. Paid, it has its receipt and its settlements. */
export async function makeOrder(
  test: TestApp,
  given: Partial<typeof paymentOrders.$inferInsert> & {
    readonly status: OrderStatus;
    readonly lines?: readonly Line[];
    readonly issuerName?: string;
    readonly attempt?: Partial<typeof paymentAttempts.$inferInsert>;
  },
) {
  const { lines = [{}], issuerName = 'TUV Rheinland', attempt: givenAttempt, ...columns } = given;
  const { database } = test.deps;
  const issuer = await makeIssuer(test, { name: issuerName });
  const clientCode = newSubscriptionCode();
  const wasPaid = ['paid', 'reversed', 'refund_due', 'refunded'].includes(given.status);
  const paidAt = wasPaid ? new Date('2026-11-21T09:42:00Z') : null;
  const made = [];
  for (const line of lines) made.push(await makeInvoice(test, { clientCode, ...line, issuerId: issuer.id }));
  const order = inserted(
    await database
      .insert(paymentOrders)
      .values({
        issuerId: issuer.id,
        issuerName: issuer.name,
        method: 'cmi',
        channel: 'card',
        amountCentimes: made.reduce((sum, { amountCentimes }) => sum + amountCentimes, 0),
        locale: 'fr',
        paidAt,
        ...columns,
      })
      .returning(),
  );
  const attempt = inserted(
    await database
      .insert(paymentAttempts)
      .values({
        orderId: order.id,
        reference: `PN-${String(order.number).padStart(10, '0')}-1`,
        provider: 'cmi',
        method: order.method,
        channel: order.channel,
        amountCentimes: order.amountCentimes,
        expiresAt: new Date('2099-01-01T00:00:00Z'),
        ...(wasPaid
          ? { status: 'captured' as const, gatewayTransactionId: `24001${String(order.number)}` }
          : {}),
        ...givenAttempt,
      })
      .returning(),
  );
  await database.insert(paymentOrderLines).values(
    made.map((invoice) => ({
      orderId: order.id,
      invoiceId: invoice.id,
      number: invoice.number,
      clientCode: invoice.clientCode,
      clientName: invoice.clientName,
      clientIsPerson: invoice.clientIsPerson,
      issuedOn: invoice.issuedOn,
      dueOn: invoice.dueOn,
      amountCentimes: invoice.amountCentimes,
    })),
  );
  if (paidAt === null) return { order, attempt, invoices: made };
  const settled = await database
    .insert(settlements)
    .values(
      made.map(({ id: invoiceId }) => ({
        invoiceId,
        orderId: order.id,
        attemptId: attempt.id,
        settledAt: paidAt,
        releasedAt: given.status === 'paid' ? null : paidAt,
      })),
    )
    .returning();
  await database.insert(paymentEntries).values(
    settled.flatMap(({ id: settlementId, settledAt, releasedAt }) => {
      const entry = { settlementId, issuerId: issuer.id };
      return [
        { ...entry, kind: 'settled' as const, at: settledAt },
        ...(releasedAt ? [{ ...entry, kind: 'released' as const, at: releasedAt }] : []),
      ];
    }),
  );
  const receipt = newReceipt(order, paidAt);
  await test.deps.database.$client.query(
    'update payment_orders set receipt_number = $2, receipt_code = $3 where id = $1',
    [order.id, receipt.receiptNumber, receipt.receiptCode],
  );
  return { order: { ...order, ...receipt }, attempt, invoices: made };
}

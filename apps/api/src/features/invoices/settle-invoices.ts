import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { invoices } from '../../db/schema/invoices.ts';
import { paymentEntries, paymentOrderLines, settlements } from '../../db/schema/payments.ts';
import { recordSettlementEvents } from './invoice-events.ts';

export type LockedInvoice = Pick<
  typeof invoices.$inferSelect,
  'id' | 'issuerId' | 'clientCode' | 'status' | 'amountCentimes' | 'methods'
>;

/**
 * Locks invoices in the order of their ids: whoever locks several does it by this function or in this order, before any order or attempt, so
 * that nobody waits in a circle. New orders, which only refer to an invoice, aren't kept waiting.
 */
export async function lockInvoices(tx: Transaction, ids: readonly string[]): Promise<LockedInvoice[]> {
  return await tx
    .select({
      id: invoices.id,
      issuerId: invoices.issuerId,
      clientCode: invoices.clientCode,
      status: invoices.status,
      amountCentimes: invoices.amountCentimes,
      methods: invoices.methods,
    })
    .from(invoices)
    .where(inArray(invoices.id, [...ids]))
    .orderBy(asc(invoices.id))
    .for('no key update');
}

/** Tells the issuer what became of settlements, in the feed by which it reconciles (`listPayments`). */
async function recordEntries(
  tx: Transaction,
  kind: (typeof paymentEntries.$inferInsert)['kind'],
  changed: readonly { readonly id: string; readonly invoiceId: string }[],
  of: readonly Pick<LockedInvoice, 'id' | 'issuerId'>[],
  at: Date,
): Promise<void> {
  const issuers = new Map(of.map(({ id, issuerId }) => [id, issuerId]));
  await tx.insert(paymentEntries).values(
    changed.map(({ id: settlementId, invoiceId }) => {
      const issuerId = issuers.get(invoiceId);
      if (issuerId === undefined)
        throw new Error(`Settlement ${settlementId} is of no invoice that changed.`);
      return { settlementId, issuerId, kind, at };
    }),
  );
}

/**
 * Settles every invoice of an order with the money of one of its attempts. The invoices are locked and known to be unpaid; an invoice that
 * has a settlement already violates `settlements_invoice`, and the transaction fails whole.
 */
export async function settleInvoices(
  tx: Transaction,
  { orderId, attemptId }: { orderId: string; attemptId: string },
  at: Date,
): Promise<void> {
  const lines = await tx
    .select({ invoiceId: paymentOrderLines.invoiceId })
    .from(paymentOrderLines)
    .where(eq(paymentOrderLines.orderId, orderId));
  const written = await tx
    .insert(settlements)
    .values(lines.map(({ invoiceId }) => ({ invoiceId, orderId, attemptId, settledAt: at })))
    .returning({ id: settlements.id, invoiceId: settlements.invoiceId });
  const settled = await tx
    .update(invoices)
    .set({ status: 'paid', paidAt: at, updatedAt: at, version: sql`${invoices.version} + 1` })
    .where(
      and(
        inArray(
          invoices.id,
          lines.map(({ invoiceId }) => invoiceId),
        ),
        eq(invoices.status, 'unpaid'),
      ),
    )
    .returning({ id: invoices.id, issuerId: invoices.issuerId });
  if (settled.length !== lines.length) throw new Error(`Order ${orderId} settles what isn't unpaid.`);
  await recordEntries(tx, 'settled', written, settled, at);
  await recordSettlementEvents(
    tx,
    'invoice.paid',
    written.map(({ id }) => id),
    at,
  );
}

/** Opens the invoices of an order again: its payment was taken back, or its capture turned out void. Done already is done. */
export async function releaseInvoices(tx: Transaction, orderId: string, at: Date): Promise<void> {
  const released = await tx
    .update(settlements)
    .set({ releasedAt: at })
    .where(and(eq(settlements.orderId, orderId), isNull(settlements.releasedAt)))
    .returning({ id: settlements.id, invoiceId: settlements.invoiceId });
  if (released.length === 0) return;
  const opened = await tx
    .update(invoices)
    .set({ status: 'unpaid', paidAt: null, updatedAt: at, version: sql`${invoices.version} + 1` })
    .where(
      inArray(
        invoices.id,
        released.map(({ invoiceId }) => invoiceId),
      ),
    )
    .returning({ id: invoices.id, issuerId: invoices.issuerId });
  await recordEntries(tx, 'released', released, opened, at);
  await recordSettlementEvents(
    tx,
    'invoice.released',
    released.map(({ id }) => id),
    at,
  );
}

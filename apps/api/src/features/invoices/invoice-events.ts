import type { EventData, InvoiceStatus } from '@rnoce/schemas';
import { currency, decimalOf } from '@rnoce/schemas/money';
import { asc, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { invoices, issuers } from '../../db/schema/invoices.ts';
import { paymentAttempts, paymentOrders, settlements } from '../../db/schema/payments.ts';
import type { IssuerRecord } from '../issuers/issuers.repository.ts';
import { orderNumberOf } from '../receipts/order-number.ts';
import { type EventAudience, type NewEvent, recordEvents } from '../webhooks/record-events.ts';
import { findClientAccounts } from './client-accounts.ts';
import type { InvoiceRecord } from './invoices.repository.ts';

type Facts = Pick<InvoiceRecord, 'number' | 'clientCode' | 'amountCentimes' | 'issuedOn' | 'dueOn'>;

const dataOf = (
  { number, clientCode, amountCentimes, issuedOn, dueOn }: Facts,
  issuer: string,
  status: InvoiceStatus,
): EventData<'invoice.created'> => ({
  number,
  issuer,
  clientCode,
  amount: decimalOf(amountCentimes),
  currency,
  issuedOn,
  dueOn,
  status,
});

/** The issuer and the client's account in one event; when several accounts have proved the code, the others have one of their own. */
function audiencesOf(issuerId: string, [first, ...others]: readonly string[] = []): EventAudience[] {
  return [
    { issuerId, ...(first !== undefined && { accountId: first }) },
    ...others.map((accountId) => ({ accountId })),
  ];
}

/** Tells the issuer and the clients that invoices were published or cancelled. One statement to know the clients, one to write. */
export async function recordInvoiceEvents(
  tx: Transaction,
  type: 'invoice.created' | 'invoice.cancelled',
  { id, code }: Pick<IssuerRecord, 'id' | 'code'>,
  changed: readonly Facts[],
  at: Date,
): Promise<void> {
  if (changed.length === 0) return;
  const clients = await findClientAccounts(
    tx,
    changed.map(({ clientCode }) => clientCode),
  );
  const status = type === 'invoice.created' ? 'unpaid' : 'cancelled';
  await recordEvents(
    tx,
    changed.flatMap((invoice): NewEvent[] => {
      const data = dataOf(invoice, code, status);
      return audiencesOf(id, clients.get(invoice.clientCode)).map((audience) => ({
        type,
        at,
        data,
        audience,
      }));
    }),
  );
}

/** Tells the issuer and the clients what became of settlements: their invoices are paid, or unpaid again. */
export async function recordSettlementEvents(
  tx: Transaction,
  type: 'invoice.paid' | 'invoice.released',
  settlementIds: readonly string[],
  at: Date,
): Promise<void> {
  const rows = await tx
    .select({
      invoice: invoices,
      issuer: issuers.code,
      order: { number: paymentOrders.number },
      payment: {
        method: paymentAttempts.method,
        channel: paymentAttempts.channel,
        reference: paymentAttempts.reference,
      },
    })
    .from(settlements)
    .innerJoin(invoices, eq(invoices.id, settlements.invoiceId))
    .innerJoin(issuers, eq(issuers.id, invoices.issuerId))
    .innerJoin(paymentOrders, eq(paymentOrders.id, settlements.orderId))
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, settlements.attemptId))
    .where(inArray(settlements.id, [...settlementIds]))
    .orderBy(asc(invoices.id));
  const clients = await findClientAccounts(
    tx,
    rows.map(({ invoice }) => invoice.clientCode),
  );
  const paidAt = at.toISOString();
  await recordEvents(
    tx,
    rows.flatMap(({ invoice, issuer, order, payment }): NewEvent[] => {
      const facts = {
        ...dataOf(invoice, issuer, invoice.status),
        orderNumber: orderNumberOf(order),
        ...payment,
      };
      return audiencesOf(invoice.issuerId, clients.get(invoice.clientCode)).map((audience) =>
        type === 'invoice.paid'
          ? { type, at, data: { ...facts, paidAt }, audience }
          : { type, at, data: facts, audience },
      );
    }),
  );
}

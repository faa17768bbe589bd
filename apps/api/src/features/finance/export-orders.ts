import { Readable } from 'node:stream';
import { formatDateTime, type Locale } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import { and, desc, eq, inArray, lt, sql, sum } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { issuers } from '../../db/schema/invoices.ts';
import { paymentOrders, refunds } from '../../db/schema/payments.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { presentOrderRow } from './finance.presenter.ts';
import { partsOf } from './list-orders.ts';
import { type OrderFilters, ordersWhere } from './order-filters.ts';

/** The columns, in their order; their heads are `reference:paymentExport.<column>`. */
const columns = [
  'number',
  'status',
  'cause',
  'issuer',
  'clientName',
  'clientCodes',
  'invoices',
  'amount',
  'currency',
  'method',
  'channel',
  'createdAt',
  'paidAt',
  'receiptNumber',
  'transactionNumber',
  'refundDue',
  'refunded',
] as const;
type Column = (typeof columns)[number];

/** Orders of one query: what the process holds at once. */
const batchSize = 1000;

/** Centimes as Excel in French reads an amount: `840,00`. Exact, and never negative. */
const decimalComma = (centimes: number): string => {
  const digits = String(centimes).padStart(3, '0');
  return `${digits.slice(0, -2)},${digits.slice(-2)}`;
};
const plainTime = (instant: string | null) =>
  instant === null ? '' : formatDateTime(instant).replaceAll('\u00a0', ' ');

async function refundsOf(executor: Executor, orderIds: readonly string[]) {
  const rows = await executor
    .select({
      orderId: refunds.orderId,
      due: sum(sql`case when ${refunds.status} = 'due' then ${refunds.amountCentimes} end`).mapWith(Number),
      refunded: sum(sql`case when ${refunds.status} = 'refunded' then ${refunds.amountCentimes} end`).mapWith(
        Number,
      ),
    })
    .from(refunds)
    .where(inArray(refunds.orderId, [...orderIds]))
    .groupBy(refunds.orderId);
  return new Map(rows.map((row) => [row.orderId, row]));
}

/**
 * The lines of the file, a batch of orders at a time. Each batch is a query of its own, from where the last one ended: memory stays flat, and
 * however slowly the caller reads, nothing is kept open in PostgreSQL. An order that changes meanwhile is told once, as it is found.
 */
async function* linesOf(
  executor: Executor,
  filters: OrderFilters,
  locale: Locale,
  onEnd: (rows: number) => void,
): AsyncGenerator<string> {
  const head = csvLine(columns.map((column) => translate(locale, `reference:paymentExport.${column}`)));
  yield `${byteOrderMark}${head}`;
  const wanted = ordersWhere(executor, filters);
  let before = Number.MAX_SAFE_INTEGER;
  let written = 0;
  for (;;) {
    const found = await executor
      .select({ order: paymentOrders, issuer: { code: issuers.code, name: paymentOrders.issuerName } })
      .from(paymentOrders)
      .innerJoin(issuers, eq(issuers.id, paymentOrders.issuerId))
      .where(and(wanted, lt(paymentOrders.number, before)))
      .orderBy(desc(paymentOrders.number))
      .limit(batchSize);
    const last = found.at(-1);
    if (!last) break;
    before = last.order.number;
    const owed = await refundsOf(
      executor,
      found.map(({ order }) => order.id),
    );
    const batch = (await partsOf(executor, found)).map((parts) => {
      const row = presentOrderRow(parts);
      const refund = owed.get(row.id);
      const cells: Record<Column, string> = {
        number: row.number,
        status: translate(locale, `reference:paymentStatus.${row.status}`),
        cause: row.cause === null ? '' : translate(locale, `reference:paymentCause.${row.cause}`),
        issuer: row.issuer.name,
        clientName: row.clientName,
        clientCodes: row.clientCodes.join(', '),
        invoices: row.invoiceNumbers.join(', '),
        amount: decimalComma(parts.order.amountCentimes),
        currency: row.currency,
        method: translate(locale, `reference:paymentMethod.${row.method}`),
        channel: translate(locale, `reference:paymentChannel.${row.channel}`),
        createdAt: plainTime(row.createdAt),
        paidAt: plainTime(row.paidAt),
        receiptNumber: row.receiptNumber ?? '',
        transactionNumber: row.transactionNumber ?? '',
        refundDue: refund?.due ? decimalComma(refund.due) : '',
        refunded: refund?.refunded ? decimalComma(refund.refunded) : '',
      };
      return csvLine(columns.map((column) => cells[column]));
    });
    written += batch.length;
    yield batch.join('');
    if (found.length < batchSize) break;
  }
  onEnd(written);
}

/** Every order of the filters as a CSV file, made while it is read. `onEnd` hears how many orders it holds, once it is whole. */
export const exportOrders = (
  executor: Executor,
  filters: OrderFilters,
  locale: Locale,
  onEnd: (rows: number) => void,
): Readable => Readable.from(linesOf(executor, filters, locale, onEnd), { highWaterMark: 1 });

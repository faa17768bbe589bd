import type { Locale, PaymentOrderId, ReceiptCheck } from '@rnoce/schemas';
import { decimalOf } from '@rnoce/schemas/money';
import type { Deps } from '../../deps.ts';
import { WorkersBusy, WorkersUnavailable } from '../../integrations/worker-pool/worker-pool.ts';
import { notFound } from '../../plugins/problems.ts';
import { readVerificationCode } from '../../verification-code.ts';
import { publicNames } from '../invoices/public-name.ts';
import { orderNumberOf } from './order-number.ts';
import { makeReceipt } from './receipt-document.ts';
import { orderNotPaid, typesettingBusy } from './receipts.errors.ts';
import { completePaidOrder, findLines, findOrderByCode, findOrderById } from './receipts.repository.ts';

type Making = Pick<Deps, 'database' | 'typesetter' | 'environment'>;

export interface ReceiptFile {
  /** ASCII, ends with `.pdf`. */
  readonly name: string;
  readonly pdf: Uint8Array;
}

/** Seconds after which to try again when the thread that makes documents doesn't start. */
const retrySeconds = 5;

/**
 * The receipt of an order that stands paid, in `locale` or else the payer's language; undefined for any other order: once the money was given or
 * taken back, nobody gets a receipt, and those printed before are told as `taken_back` by their code. Throws `not_found`.
 */
export async function findReceipt(
  deps: Making,
  orderId: PaymentOrderId,
  locale?: Locale,
): Promise<ReceiptFile | undefined> {
  const order = await findOrderById(deps.database, orderId);
  if (!order) throw notFound();
  const paid = await completePaidOrder(deps.database, order);
  if (!paid) return undefined;
  return {
    name: `recu-${paid.receiptNumber}.pdf`,
    pdf: await makeReceipt(deps, paid, locale ?? paid.locale),
  };
}

/** The receipt of an order. Throws `not_found`, `order_not_paid`, `overloaded` when too many are being made. */
export async function getReceiptFile(
  deps: Making,
  orderId: PaymentOrderId,
  locale?: Locale,
): Promise<ReceiptFile> {
  try {
    const receipt = await findReceipt(deps, orderId, locale);
    if (!receipt) throw orderNotPaid();
    return receipt;
  } catch (error) {
    if (error instanceof WorkersBusy) throw typesettingBusy(error.retryAfterSeconds, error);
    if (error instanceof WorkersUnavailable) throw typesettingBusy(retrySeconds, error);
    throw error;
  }
}

/** What is known of a receipt, by the code printed on it: what stands on it, and whether it still holds. Throws `not_found`. */
export async function verifyReceipt(
  { database }: Pick<Deps, 'database'>,
  typedCode: string,
): Promise<ReceiptCheck> {
  const code = readVerificationCode(typedCode);
  const order = code === undefined ? undefined : await findOrderByCode(database, code);
  if (!order || order.receiptNumber === null || order.paidAt === null) throw notFound();
  const lines = await findLines(database, order.id);
  return {
    receiptNumber: order.receiptNumber,
    orderNumber: orderNumberOf(order),
    state: order.status === 'paid' ? 'genuine' : 'taken_back',
    issuer: order.issuer,
    clientName: publicNames(lines),
    invoiceNumbers: lines.map(({ number }) => number),
    amount: decimalOf(order.amountCentimes),
    currency: 'MAD',
    paidAt: order.paidAt.toISOString(),
  };
}

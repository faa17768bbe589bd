import type { RefundId } from '@rnoce/schemas';
import { currency, decimalOf } from '@rnoce/schemas/money';
import type { Transaction } from '../../db/database.ts';
import { orderNumberOf } from '../receipts/order-number.ts';
import { recordEvents } from '../webhooks/record-events.ts';
import type { AttemptRecord, LockedOrder, RefundRecord } from './payments.repository.ts';

/** Tells the issuer that money came for its invoices which settles none, and is to go back. */
export async function recordRefundDue(
  tx: Transaction,
  { order, lines }: Pick<LockedOrder, 'order' | 'lines'>,
  { method, channel, reference }: AttemptRecord,
  refund: Pick<RefundRecord, 'id' | 'amountCentimes'>,
  at: Date,
): Promise<void> {
  await recordEvents(tx, [
    {
      type: 'payment.refund_due',
      at,
      audience: { issuerId: order.issuerId },
      data: {
        refundId: refund.id as RefundId,
        orderNumber: orderNumberOf(order),
        method,
        channel,
        reference,
        amount: decimalOf(refund.amountCentimes),
        currency,
        invoices: lines.map(({ number }) => number),
      },
    },
  ]);
}

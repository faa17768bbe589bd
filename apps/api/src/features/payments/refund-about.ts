import type { RefundRecord } from './payments.repository.ts';

/**
 * Which of an attempt's refunds that are due a piece of news is about. A reference can be paid twice, and both payments be due back: the
 * gateway's transaction tells them apart. One alone is meant whatever the news calls it, since a provider may number the giving back; of
 * several, none that isn't named.
 */
export function refundAbout(
  refunds: readonly RefundRecord[],
  attemptId: string,
  transactionId: string | undefined,
): { readonly refund: RefundRecord | undefined; readonly others: readonly RefundRecord[] } {
  const due = refunds.filter((refund) => refund.attemptId === attemptId && refund.status === 'due');
  const refund =
    due.find((one) => transactionId !== undefined && one.transactionId === transactionId) ??
    (due.length === 1 ? due[0] : undefined);
  return { refund, others: due.filter((one) => one !== refund) };
}

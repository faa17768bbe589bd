import { providerRules } from './payment-channels.ts';
import type { AttemptRecord, LockedOrder, RefundRecord } from './payments.repository.ts';

export interface RefundAbout {
  /** The one that is due and that the news is about. */
  readonly refund: RefundRecord | undefined;
  /** The attempt's other refunds that are due. */
  readonly others: readonly RefundRecord[];
  /** There is a refund, due or done, for the very transaction of the news. */
  readonly known: boolean;
  /** That very transaction has gone back already. */
  readonly made: boolean;
}

/**
 * Which of an attempt's refunds a piece of news is about. A reference can be paid twice, and both payments be due back: the gateway's transaction
 * tells them apart. A number that our books know means its own money and no other. One that they don't know means the lone refund that is due,
 * since a provider may number the giving back; not where every payment is named by its own number.
 */
export function refundAbout(
  { refunds, settlements }: Pick<LockedOrder, 'refunds' | 'settlements'>,
  attempt: Pick<AttemptRecord, 'id' | 'provider' | 'gatewayTransactionId'>,
  transactionId: string | undefined,
): RefundAbout {
  const all = refunds.filter(({ attemptId }) => attemptId === attempt.id);
  const due = all.filter(({ status }) => status === 'due');
  const settles = settlements.some(({ attemptId }) => attemptId === attempt.id);
  const isOwn = transactionId !== undefined && transactionId === attempt.gatewayTransactionId;
  // Money that settles isn't due, also when it came back after it had been given back.
  if (settles && isOwn) return { refund: undefined, others: due, known: false, made: false };
  const numbered = (number: string) => all.find((one) => one.transactionId === number);
  // Of money whose number wasn't told at first the refund has none.
  const named = numbered(transactionId ?? '') ?? (isOwn ? numbered('') : undefined);
  const isNumbering =
    transactionId === undefined ? !settles : !isOwn && !providerRules[attempt.provider].namesPayments;
  const refund =
    named === undefined ? (isNumbering && due.length === 1 ? due[0] : undefined) : onlyDue(named);
  return {
    refund,
    others: due.filter((one) => one !== refund),
    known: named !== undefined,
    // Its own money that neither settles nor is due went back after it had settled.
    made: named?.status === 'refunded' || (isOwn && named === undefined && all.length > 0),
  };
}

const onlyDue = (refund: RefundRecord): RefundRecord | undefined =>
  refund.status === 'due' ? refund : undefined;

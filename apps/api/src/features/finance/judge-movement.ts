import type { AttemptStatus } from '@rnoce/schemas';
import { currency as dirham } from '@rnoce/schemas/money';
import { attemptStates, type PaymentProvider } from '@rnoce/schemas/payment-states';
import type { SettlementRow } from '../../integrations/payment-gateway/settlement-file.ts';

export type Movement = Omit<SettlementRow, 'occurredAt'>;

/** What our books have of the attempt that a movement names. */
export interface Books {
  readonly provider: PaymentProvider;
  readonly status: AttemptStatus;
  readonly amountCentimes: number;
  readonly gatewayTransactionId: string | null;
  readonly capturedAt: Date | null;
  readonly refunds: readonly {
    readonly transactionId: string;
    readonly amountCentimes: number;
    readonly status: 'due' | 'refunded';
  }[];
  /** What any file shows as given back of it, each movement once. */
  readonly givenBack: readonly Pick<Movement, 'gatewayTransactionId' | 'amountCentimes'>[];
}

export interface Gap {
  readonly kind: 'gap_missing_here' | 'gap_amount' | 'gap_state';
  readonly ours?: number;
  /** The gateway may tell more than we know: it is asked, since no file moves money. */
  readonly ask: boolean;
}

/** Compares a movement of a provider's file with our books; undefined when they agree. Pure. */
export function judgeMovement(
  provider: PaymentProvider,
  movement: Movement,
  books: Books | undefined,
): Gap | undefined {
  if (books?.provider !== provider) return { kind: 'gap_missing_here', ask: false };
  switch (movement.kind) {
    case 'payment':
      return judgePayment(movement, books);
    case 'refund':
      return judgeRefund(movement, books);
    case 'reversal':
      return books.status === 'reversed' || books.status === 'voided'
        ? undefined
        : { kind: 'gap_state', ours: books.amountCentimes, ask: true };
  }
}

const compareAmount = ({ amountCentimes, currency }: Movement, ours: number): Gap | undefined =>
  currency === dirham && amountCentimes === ours ? undefined : { kind: 'gap_amount', ours, ask: false };

function judgePayment(movement: Movement, books: Books): Gap | undefined {
  const { status, capturedAt, gatewayTransactionId, amountCentimes, refunds } = books;
  const own = gatewayTransactionId === null || gatewayTransactionId === movement.gatewayTransactionId;
  // What was taken beside or instead of what we asked stands as a refund, with its own amount.
  const refund = refunds.find(
    ({ transactionId }) => transactionId === movement.gatewayTransactionId || (transactionId === '' && own),
  );
  if (refund) return compareAmount(movement, refund.amountCentimes);
  // The order is paid here; whether the money was taken, the gateway hasn't said yet.
  if (status === 'capture_requested' && own)
    return compareAmount(movement, amountCentimes) ?? { kind: 'gap_state', ours: amountCentimes, ask: true };
  const { money } = attemptStates[status];
  const taken = money === 'taken' || (money === 'given_back' && capturedAt !== null);
  return taken && own ? compareAmount(movement, amountCentimes) : { kind: 'gap_missing_here', ask: true };
}

/**
 * A reference that was paid more than once goes back by one refund each, or by one for all. A transaction of ours means its own money; what the
 * provider numbers itself is told by its amount. No refund of ours explains two movements.
 */
function judgeRefund(movement: Movement, books: Books): Gap | undefined {
  const { status, refunds, amountCentimes, gatewayTransactionId } = books;
  const stillHere: Gap = { kind: 'gap_state', ours: amountCentimes, ask: true };
  const done = refunds.filter((refund) => refund.status === 'refunded');
  const isNamedBy = (number: string) => refunds.find(({ transactionId }) => transactionId === number);
  const isOwn = movement.gatewayTransactionId === gatewayTransactionId;
  const named = isNamedBy(movement.gatewayTransactionId) ?? (isOwn ? isNamedBy('') : undefined);
  const sum = done.reduce((total, refund) => total + refund.amountCentimes, 0);
  const others = books.givenBack.filter((one) => one.gatewayTransactionId !== movement.gatewayTransactionId);
  if (done.length > 1 && others.length === 0 && movement.amountCentimes === sum)
    return compareAmount(movement, sum);
  if (named)
    return named.status === 'refunded'
      ? compareAmount(movement, named.amountCentimes)
      : { ...stillHere, ours: named.amountCentimes };
  if (isOwn || done.length === 0)
    return status === 'refunded' ? compareAmount(movement, amountCentimes) : stillHere;
  const left = done.filter(
    ({ transactionId }) => !others.some((one) => one.gatewayTransactionId === transactionId),
  );
  const numberedThere = [...others, movement]
    .filter(
      (one) => !isNamedBy(one.gatewayTransactionId) && one.gatewayTransactionId !== gatewayTransactionId,
    )
    .toSorted((one, other) => (one.gatewayTransactionId < other.gatewayTransactionId ? -1 : 1));
  for (const one of numberedThere) {
    const at = left.findIndex((refund) => refund.amountCentimes === one.amountCentimes);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (one === movement && found) return compareAmount(movement, found.amountCentimes);
  }
  return compareAmount(movement, sum) ?? stillHere;
}

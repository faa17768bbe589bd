import type {
  InvoiceId,
  InvoiceStatus,
  Issuer,
  OwnPayment,
  PaymentMethod,
  PaymentNext,
  PaymentOrder,
  PaymentOrderId,
} from '@rnoce/schemas';
import { currency, decimalOf } from '@rnoce/schemas/money';
import { channelOf, orderStates, paymentMethods } from '@rnoce/schemas/payment-states';
import type { StartedAttempt } from '../../integrations/payment-gateway/payment-gateway.ts';
import { publicNames } from '../invoices/public-name.ts';
import { orderNumberOf } from '../receipts/order-number.ts';
import { maskEmail } from '../subscriptions/registry.policy.ts';
import { isAsOrdered } from './as-ordered.ts';
import { isOpenAttempt } from './attempt-times.ts';
import type { AttemptRecord, LineRecord, OrderRecord, RefundRecord } from './payments.repository.ts';

export interface OrderParts {
  readonly order: OrderRecord;
  readonly issuer: Issuer;
  readonly lines: readonly {
    readonly line: LineRecord;
    readonly invoice: {
      readonly status: InvoiceStatus;
      readonly clientCode: string;
      readonly amountCentimes: number;
      readonly methods: readonly PaymentMethod[];
    };
  }[];
  /** In the order in which they were made. */
  readonly attempts: readonly AttemptRecord[];
  readonly refunds: readonly RefundRecord[];
  /** Whose money settles the invoices; undefined when none does. */
  readonly settlingAttemptId: string | undefined;
  /** What the payer's gateway just gave. */
  readonly started: StartedAttempt | undefined;
}

const methodNames = Object.keys(paymentMethods) as PaymentMethod[];

/** A line as it was when it was ordered. */
export const presentLine = ({
  invoiceId,
  number,
  clientCode,
  issuedOn,
  dueOn,
  amountCentimes,
}: LineRecord) => ({
  invoiceId: invoiceId as InvoiceId,
  number,
  clientCode,
  issuedOn,
  dueOn,
  amount: decimalOf(amountCentimes),
});

/** What a payer's list and the order's own page both show. */
const presentShared = (order: OrderRecord, issuer: Issuer, lines: readonly LineRecord[]) => ({
  id: order.id as PaymentOrderId,
  number: orderNumberOf(order),
  status: order.status,
  issuer,
  lines: lines.map(presentLine),
  amount: decimalOf(order.amountCentimes),
  currency,
  method: order.method,
  channel: order.channel,
  createdAt: order.createdAt.toISOString(),
  paidAt: order.paidAt?.toISOString() ?? null,
  receipt:
    order.status === 'paid' && order.receiptNumber !== null && order.receiptCode !== null
      ? { number: order.receiptNumber, code: order.receiptCode }
      : null,
});

/** As the operator whose invoices it pays sees it in their list. */
export const presentOwnPayment = (
  order: OrderRecord,
  issuer: Issuer,
  lines: readonly LineRecord[],
): OwnPayment => presentShared(order, issuer, lines);

/** As whoever holds the order's link sees it: names of natural persons and the e-mail masked, nothing of the gateway but what helps the payer. */
export function presentOrder(parts: OrderParts): PaymentOrder {
  const { order, issuer, lines, attempts, refunds, settlingAttemptId, started } = parts;
  const { closed } = orderStates[order.status];
  const open = attempts.filter(({ status }) => isOpenAttempt(status));
  const last = attempts.at(-1);
  const lastRefused = closed ? attempts.findLast(({ refusal }) => refusal !== null) : last;
  // Paid twice, the other money is due back: what pays it is what settles.
  const paying = attempts.findLast(({ id, status }) =>
    settlingAttemptId === undefined ? status === 'captured' : id === settlingAttemptId,
  );
  return {
    ...presentShared(
      order,
      issuer,
      lines.map(({ line }) => line),
    ),
    cause: order.cause,
    clientName: publicNames(lines.map(({ line }) => line)),
    payerEmail: order.payerEmail === null ? null : maskEmail(order.payerEmail),
    expiresAt: closed ? null : (open.at(-1)?.expiresAt.toISOString() ?? null),
    next: closed ? null : presentNext(started, open),
    refusal: order.status === 'paid' ? null : (lastRefused?.refusal ?? null),
    transactionNumber: paying?.gatewayTransactionId ?? null,
    refund: presentRefund(refunds),
    methods: methodNames.filter((method) => lines.every(({ invoice }) => invoice.methods.includes(method))),
    payableAgain:
      closed && order.status !== 'paid' && lines.every(({ line, invoice }) => isAsOrdered(line, invoice)),
    watch: !closed || attempts.some(({ status }) => status === 'void_requested' || status === 'unknown'),
  };
}

function presentNext(
  started: StartedAttempt | undefined,
  open: readonly AttemptRecord[],
): PaymentNext | null {
  if (started?.type === 'redirect')
    return {
      type: 'redirect',
      method: started.method,
      url: started.url,
      fields: started.fields.map(([name, value]) => ({ name, value })),
      expiresAt: started.expiresAt.toISOString(),
    };
  const out = open.findLast(
    ({ method, channel, gatewayReference }) =>
      gatewayReference !== null && channelOf(method, channel)?.kind === 'reference',
  );
  // Another try was begun after it: that one is what the payer does next.
  if (!out?.gatewayReference || out !== open.at(-1)) return null;
  return {
    type: 'reference',
    reference: out.gatewayReference,
    expiresAt: out.expiresAt.toISOString(),
    qrCode: out.shown?.qrCode ?? null,
    paidAt: [...(out.shown?.paidAt ?? [])],
  };
}

function presentRefund(refunds: readonly RefundRecord[]): PaymentOrder['refund'] {
  const due = refunds.filter(({ status }) => status === 'due');
  const shown = due.length > 0 ? due : refunds;
  if (shown.length === 0) return null;
  return {
    amount: decimalOf(shown.reduce((sum, { amountCentimes }) => sum + amountCentimes, 0)),
    status: due.length > 0 ? 'due' : 'refunded',
  };
}

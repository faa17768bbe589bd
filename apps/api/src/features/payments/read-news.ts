import { currency as dirham } from '@rnoce/schemas/money';
import type {
  GatewayMessage,
  GatewayState,
  Inquiry,
} from '../../integrations/payment-gateway/payment-gateway.ts';
import type { News } from './verdict.ts';

/** What was told of an attempt, before it is compared with what we know. */
export interface Told {
  readonly says: News['says'];
  readonly trust: News['trust'];
  readonly amountCentimes?: number | undefined;
  readonly currency?: string | undefined;
  readonly gatewayReference?: string | undefined;
  readonly gatewayTransactionId?: string | undefined;
  readonly underWay?: boolean | undefined;
  /** All that was paid by the attempt's reference, in centimes. */
  readonly paidInAllCentimes?: number | undefined;
  readonly refusal?: { readonly code: string; readonly text: string } | undefined;
  /** For a person, without card data. */
  readonly detail?: string | undefined;
}

const withoutSettled = (state: GatewayState): News['says'] => (state === 'settled' ? 'captured' : state);

/** A verified message of a gateway. */
export const toldByMessage = (message: GatewayMessage): Told => ({
  says: message.outcome === 'undecided' ? 'unknown' : message.outcome,
  trust: message.mustInquire || message.outcome === 'undecided' ? 'must_inquire' : 'verified',
  amountCentimes: message.amountCentimes,
  currency: message.currency,
  gatewayReference: message.gatewayReference,
  gatewayTransactionId: message.gatewayTransactionId,
  refusal: message.refusal,
});

/** The answer to an inquiry of ours. Money given back in part leaves a payment that stands. */
export function toldByInquiry(inquiry: Inquiry, asked: { readonly amountCentimes: number }): Told {
  const { state, refundedCentimes, detail } = inquiry;
  const { gatewayReference, gatewayTransactionId } = inquiry;
  // Beside what was taken, when the gateway says it: another amount than ours, given back whole, is not our amount given back in part.
  const takenCentimes = inquiry.amountCentimes ?? asked.amountCentimes;
  const inPart = state === 'refunded' && refundedCentimes !== undefined && refundedCentimes < takenCentimes;
  // A gateway that gives no reason at all just declines.
  const refusalCode = detail === undefined ? 'FAILED' : /^\d{2}\b/.exec(detail)?.[0];
  return {
    says: inPart ? 'captured' : withoutSettled(state),
    trust: 'verified',
    amountCentimes: inPart ? takenCentimes : inquiry.amountCentimes,
    currency: inPart ? (inquiry.currency ?? dirham) : inquiry.currency,
    gatewayReference,
    // The number is that of what went back; a payment under it would be another one.
    ...(!inPart && { gatewayTransactionId }),
    underWay: inquiry.underWay,
    paidInAllCentimes: inquiry.paidInAllCentimes,
    detail,
    ...(state === 'refused' && { refusal: { code: refusalCode ?? '', text: detail ?? '' } }),
  };
}

/** The amount and currency told, beside what the attempt asked for. */
export function moneyOf(told: Told, asked: { readonly amountCentimes: number }): News['money'] {
  if (told.currency !== undefined && told.currency !== dirham) return 'wrong_currency';
  // Nothing taken is nothing said: it can be neither settled nor refunded.
  if (told.amountCentimes === undefined || told.amountCentimes <= 0) return 'unsaid';
  return told.amountCentimes === asked.amountCentimes ? 'exact' : 'wrong_amount';
}

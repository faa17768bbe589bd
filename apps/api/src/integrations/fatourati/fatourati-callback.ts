import { centimesOf } from '@rnoce/schemas/money';
import { z } from 'zod';
import { isAttemptReference } from '../payment-gateway/attempt-checks.ts';
import { headerOf, maxCallbackBytes, readJson, recordOf } from '../payment-gateway/callback-body.ts';
import { currencyOf, dirhamNumber } from '../payment-gateway/currency-codes.ts';
import type {
  CallbackAnswer,
  CallbackDecision,
  CallbackReading,
  GatewayOutcome,
  RawCallback,
  StatusQuestion,
} from '../payment-gateway/payment-gateway.ts';
import { CancellationNotice, PaymentNotice, SignedPayment } from './fatourati-messages.ts';
import { type FatouratiOptions, paymentMode } from './fatourati-settings.ts';
import { isSignature, signFatourati } from './fatourati-signature.ts';

/** The cancellation's signed fields are the payment's without three. */
type SignedNotice = z.infer<typeof SignedPayment> | z.infer<typeof CancellationNotice>;

type Settings = Pick<FatouratiOptions, 'merchantCode' | 'store' | 'storeApiKey'>;

/** What a message says, believed or not, only to know what to ask about. */
const Claim = z.object({
  orderId: z.string().refine(isAttemptReference).optional().catch(undefined),
  fatouratiTransactionNumber: z
    .string()
    .regex(/^[\w-]{1,50}$/)
    .optional()
    .catch(undefined),
});

const outcomes: Record<number, GatewayOutcome> = { 0: 'captured', 1: 'refused', 2: 'undecided' };

/**
 * Reads a payment or cancellation notice. Its signature covers neither the verdict nor the items, and values can slide between its fields:
 * so every signed field must be there and ours, and even a verified notice only makes us inquire. Never throws.
 */
export function readFatouratiNotice(raw: RawCallback, settings: Settings): CallbackReading {
  const record = recordOf(raw);
  if (raw.body.length > maxCallbackBytes) return { trust: 'rejected', reason: 'too_large', record };
  const json = readJson(raw.body);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { trust: 'rejected', reason: 'unreadable', record };
  const signature = headerOf(raw, 'x-signature');
  if (signature === undefined || signature === '')
    return { trust: 'rejected', reason: 'missing_signature', record };

  const isPayment = raw.notice === 'payment';
  const signed: z.ZodSafeParseResult<SignedNotice> = isPayment
    ? SignedPayment.safeParse(json)
    : CancellationNotice.safeParse(json);
  // Without all its signed fields a message can't be told from another one whose values slid: it is worth no question either.
  if (!signed.success) return { trust: 'rejected', reason: 'unreadable', record };
  const expected =
    'operator' in signed.data
      ? signFatourati('payment', signed.data, settings.storeApiKey)
      : signFatourati('cancellation', signed.data, settings.storeApiKey);
  if (!isSignature(signature, expected)) return { trust: 'rejected', reason: 'wrong_signature', record };

  const { orderId, fatouratiTransactionNumber } = Claim.parse(json);
  const claim = {
    ...(orderId !== undefined && { attemptReference: orderId }),
    ...(fatouratiTransactionNumber !== undefined && { gatewayTransactionId: fatouratiTransactionNumber }),
  };
  const said = signed.data;
  const ours =
    said.merchantCode === settings.merchantCode &&
    said.store === settings.store &&
    said.currency === dirhamNumber &&
    isAttemptReference(said.orderId) &&
    /^\d{13}$/.test(said.tokenRef) &&
    (!('paymentMode' in said) || said.paymentMode === paymentMode);
  const amountCentimes = centimesOf(said.totalAmount);
  if (!ours || amountCentimes === undefined)
    return { trust: 'unverified', reason: 'not_as_sent', claim, record };
  const verdict = isPayment ? PaymentNotice.safeParse(json) : undefined;
  if (verdict && !verdict.success) return { trust: 'unverified', reason: 'missing_fields', claim, record };
  const outcome = verdict ? (outcomes[verdict.data.decisionCode] ?? 'undecided') : 'cancelled';
  return {
    trust: 'verified',
    record,
    message: {
      notice: raw.notice,
      attemptReference: said.orderId,
      outcome,
      amountCentimes,
      currency: currencyOf(said.currency),
      gatewayReference: said.tokenRef,
      gatewayTransactionId: said.fatouratiTransactionNumber,
      mustInquire: true,
      ...(outcome === 'refused' && { refusal: { code: '1', text: '' } }),
    },
  };
}

const json = (status: number, content: unknown): CallbackAnswer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(content),
});

/** 200 with our receipt number (a cancellation: `{}`), 400 with Fatourati's codes, or 503 when it should come again. */
export function answerFatouratiNotice(
  reading: CallbackReading,
  decision: CallbackDecision,
  receipt: string | undefined,
  now: Date,
): CallbackAnswer {
  const refuse = (code: string, message: string) =>
    json(400, {
      code,
      message,
      reference: reading.record.sha256.slice(0, 16),
      timestamp: now.toISOString(),
    });
  if (reading.trust === 'rejected') {
    if (reading.reason === 'missing_signature') return refuse('MISSING_SIGNATURE', 'x-signature is missing.');
    return reading.reason === 'wrong_signature'
      ? refuse('SIGNATURE_INVALID', 'x-signature does not match.')
      : refuse('INVALID_BODY', 'The body can not be read.');
  }
  if (reading.trust === 'unverified' || decision === 'fault')
    return refuse('INVALID_BODY', 'Not as agreed for this order.');
  // Only what Fatourati itself said is worth coming again.
  if (decision === 'later')
    return json(503, { code: 'TRY_AGAIN', message: 'Try again later.', timestamp: now.toISOString() });
  if (reading.message.notice === 'cancellation') return json(200, {});
  return json(200, { receiptNumber: receipt ?? reading.message.attemptReference });
}

/** Both values must be given, and belong together: the question isn't signed. */
export function readStatusQuestion(query: URLSearchParams): StatusQuestion | undefined {
  const [tokenRef, ...moreTokens] = query.getAll('token_ref');
  const [orderId, ...moreOrders] = query.getAll('order_id');
  if (tokenRef === undefined || orderId === undefined || moreTokens.length + moreOrders.length > 0)
    return undefined;
  if (!/^\d{13}$/.test(tokenRef) || !isAttemptReference(orderId)) return undefined;
  return { attemptReference: orderId, gatewayReference: tokenRef };
}

export const answerStatusQuestion = (
  status: 'paid' | 'pending' | 'cancelled' | 'expired' | 'not_found',
): CallbackAnswer => json(200, { status: status.toUpperCase() });

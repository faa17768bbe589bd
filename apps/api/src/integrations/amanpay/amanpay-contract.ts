import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { OutsideFault } from '../outside-call/outside-fault.ts';
import type { OutsideAnswer } from '../outside-call/outside-http.ts';
import { isAttemptReference } from '../payment-gateway/attempt-checks.ts';
import {
  equalsInConstantTime,
  headerOf,
  maxCallbackBytes,
  readJson,
  recordOf,
} from '../payment-gateway/callback-body.ts';
import { currencyOf } from '../payment-gateway/currency-codes.ts';
import type {
  CallbackAnswer,
  CallbackDecision,
  CallbackReading,
  GatewayOutcome,
  GatewayState,
  Inquiry,
  KnownAttempt,
  RawCallback,
} from '../payment-gateway/payment-gateway.ts';
import type { AmanPayOptions } from './amanpay-settings.ts';

/**
 * EVERYTHING THAT IS ASSUMED OF AMANPAY. No document of M2T on its notifications and inquiries is public: this is our own choice
 * (docs/decisions/007-gateways-behind-one-interface.md), to be replaced here, and nowhere else, by the contract's manual.
 */
export interface AmanPayContract {
  /** Reads a notification. Never throws. */
  readNotification(raw: RawCallback, settings: Settings): CallbackReading;
  answerNotification(reading: CallbackReading, decision: CallbackDecision): CallbackAnswer;
  /** Whether there is an inquiry to send. */
  readonly answersInquiries: boolean;
  /** The inquiry to send; undefined when there is none. */
  inquiryOf(
    attempt: KnownAttempt,
    settings: Settings,
  ): { url: URL; headers: Record<string, string> } | undefined;
  /** Throws `OutsideFault` `invalid_answer`. */
  readInquiry(answer: OutsideAnswer, attempt: KnownAttempt, settings: Settings): Inquiry;
}

type Settings = Pick<AmanPayOptions, 'merchantId' | 'notificationSecret' | 'inquiryUrl'>;

const status = ['PENDING', 'PAID', 'FAILED', 'CANCELLED', 'EXPIRED'] as const;

/** The same fields in a notification and in the answer to an inquiry. Amounts in centimes. */
const AmanPayOrder = z.object({
  merchantId: z.string().max(80),
  orderId: z.string().refine(isAttemptReference),
  amount: z.number().int().min(0).max(99_999_999_999),
  currency: z.string().max(10),
  /** How the payer pays; absent until they chose. */
  method: z.enum(['card', 'token', 'direct_debit']).nullish(),
  status: z.enum(status),
  transactionId: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .nullish(),
  token: z
    .string()
    .regex(/^\d{9}$/)
    .nullish(),
  occurredAt: z.iso.datetime({ offset: true }),
  /** With `FAILED`: the money had been taken, and was taken back (« rejet J+2 »). */
  reversedAt: z.iso.datetime({ offset: true }).nullish(),
});
type AmanPayOrder = z.infer<typeof AmanPayOrder>;
const NotThere = z.object({ code: z.literal('NOT_FOUND') });

const outcomeOf = (order: AmanPayOrder): GatewayOutcome => {
  switch (order.status) {
    case 'PAID':
      return 'captured';
    case 'FAILED':
      return order.reversedAt ? 'reversed' : 'refused';
    case 'CANCELLED':
      return 'cancelled';
    case 'EXPIRED':
      return 'expired';
    case 'PENDING':
      return 'undecided';
  }
};

const hmacOf = (text: string | Buffer, secret: string) =>
  createHmac('sha256', secret).update(text).digest('hex');

const references = (order: AmanPayOrder) => ({
  ...(order.token && { gatewayReference: order.token }),
  ...(order.transactionId && { gatewayTransactionId: order.transactionId }),
});

const plain = (code: number, body: string): CallbackAnswer => ({
  status: code,
  contentType: 'text/plain; charset=utf-8',
  body,
});

const assumed: AmanPayContract = {
  answersInquiries: true,
  readNotification(raw, settings) {
    const record = recordOf(raw);
    if (raw.body.length > maxCallbackBytes) return { trust: 'rejected', reason: 'too_large', record };
    const hmac = headerOf(raw, 'x-hmac');
    if (hmac === undefined || hmac === '') return { trust: 'rejected', reason: 'missing_signature', record };
    if (!equalsInConstantTime(hmac, hmacOf(raw.body, settings.notificationSecret)))
      return { trust: 'rejected', reason: 'wrong_signature', record };
    const parsed = AmanPayOrder.safeParse(readJson(raw.body));
    if (!parsed.success) return { trust: 'rejected', reason: 'unreadable', record };
    const order = parsed.data;
    if (order.merchantId !== settings.merchantId)
      return { trust: 'unverified', reason: 'not_as_sent', claim: {}, record };
    const outcome = outcomeOf(order);
    return {
      trust: 'verified',
      record,
      message: {
        notice: 'payment',
        attemptReference: order.orderId,
        outcome,
        amountCentimes: order.amount,
        currency: currencyOf(order.currency),
        ...references(order),
        // Settlement always follows an inquiry.
        mustInquire: true,
        ...(outcome === 'refused' && { refusal: { code: order.status, text: '' } }),
      },
    };
  },

  /** 200 acknowledges; anything else is sent again. */
  answerNotification(reading, decision) {
    // Only what AmanPay itself said is worth coming again.
    if (reading.trust !== 'verified' || decision === 'fault') return plain(400, 'REFUSED');
    return decision === 'later' ? plain(503, 'LATER') : plain(200, 'OK');
  },

  inquiryOf(attempt, settings) {
    const { merchantId } = settings;
    const url = new URL(
      `${settings.inquiryUrl.replace(/\/+$/, '')}/orders/${encodeURIComponent(attempt.reference)}`,
    );
    url.search = new URLSearchParams({ merchantId }).toString();
    return {
      url,
      headers: { 'x-hmac': hmacOf(`${merchantId}:${attempt.reference}`, settings.notificationSecret) },
    };
  },

  readInquiry(answer, attempt, settings) {
    if (answer.status === 404) {
      answer.json(NotThere);
      return { state: 'none' };
    }
    const order = answer.json(AmanPayOrder);
    // Another order's answer would settle this one with its money.
    if (order.orderId !== attempt.reference || order.merchantId !== settings.merchantId)
      throw new OutsideFault('invalid_answer', 'none');
    const outcome = outcomeOf(order);
    const state: GatewayState = outcome === 'undecided' ? 'pending' : outcome;
    const money = { amountCentimes: order.amount, currency: currencyOf(order.currency) };
    return {
      state,
      ...references(order),
      // A debit that was ordered may take days, whether or not it has a number yet.
      ...(state === 'pending' && order.method === 'direct_debit' && { underWay: true }),
      ...((state === 'captured' || state === 'reversed') && money),
    };
  },
};

/** Nothing is believed and nothing is asked: a person looks at AmanPay's back office. */
const manual: AmanPayContract = {
  answersInquiries: false,
  readNotification: (raw) => ({ trust: 'rejected', reason: 'unreadable', record: recordOf(raw) }),
  answerNotification: () => plain(400, 'REFUSED'),
  inquiryOf: () => undefined,
  readInquiry: () => ({ state: 'unknown', detail: 'manual' }),
};

/** The contracts that the configuration can choose. */
export const amanPayContracts: Record<'assumed' | 'manual', AmanPayContract> = { assumed, manual };

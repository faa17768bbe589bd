import type { SettlementFile } from './settlement-file.ts';

/** How the payer pays; a gateway offers some of them. */
export type PaymentChannel = 'card' | 'bank_reference' | 'cash_code' | 'direct_debit';

/** The only currency that is asked for: Moroccan dirham, amounts in integer centimes. */
export const paymentCurrency = 'MAD';

/** One try to pay an order at a gateway: what is asked of the gateway. Its `reference` is never used twice. */
export interface PaymentAttempt {
  /** Ours, unique for each visit to the gateway, as `PN-0000032241-1`: letters, digits and hyphens, a digit at least, 40 characters at most. */
  readonly reference: string;
  readonly channel: PaymentChannel;
  /** Positive. */
  readonly amountCentimes: number;
  readonly language: 'fr' | 'ar' | 'en';
  readonly createdAt: Date;
  /** After it the payer is no longer to be able to pay; each gateway has its own limits. */
  readonly expiresAt: Date;
  readonly payer: { readonly name?: string; readonly email?: string };
  /** The order's own page, for gateways whose return names nothing; CMI's return has one address for all. */
  readonly returnUrl: string;
  /** The invoices, for gateways that show them; their amounts add up to the attempt's. */
  readonly lines: readonly PaymentLine[];
}

export interface PaymentLine {
  readonly reference: string;
  readonly description: string;
  readonly amountCentimes: number;
}

/** What is known of an attempt when the gateway is asked about it. */
export interface KnownAttempt {
  readonly reference: string;
  readonly channel: PaymentChannel;
  readonly amountCentimes: number;
  /** What the gateway gave at the start: the reference or code to pay. */
  readonly gatewayReference?: string;
  /** From a callback or an earlier inquiry. */
  readonly gatewayTransactionId?: string;
  /** What a message just named: looked at first, beside the attempt's own. */
  readonly toldTransactionId?: string;
}

/** What the payer does next. `redirect`: their browser submits these hidden fields there, as they are and in that order. */
export type StartedAttempt =
  | {
      readonly type: 'redirect';
      readonly method: 'POST';
      readonly url: string;
      readonly fields: readonly FormField[];
      readonly expiresAt: Date;
    }
  | {
      readonly type: 'reference';
      /** To be dictated or typed: the bank reference, the code for the agency. */
      readonly reference: string;
      readonly expiresAt: Date;
      /** A PNG as a data URI. */
      readonly qrCode?: string;
      /** Names of the banks and wallets that take it, when the gateway tells. */
      readonly paidAt: readonly string[];
    };

export type FormField = readonly [name: string, value: string];

/** An inbound request as received: the signature covers its bytes. */
export interface RawCallback {
  readonly body: Buffer;
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Which of the gateway's addresses was called. */
  readonly notice: GatewayNotice;
}

export type GatewayNotice = 'payment' | 'cancellation';

/**
 * `authorised`: promised, not yet taken. `captured`: taken, says the gateway. `reversed`: taken back after it was captured.
 * `undecided`: a message about a payment that doesn't say how it ended.
 */
export type GatewayOutcome =
  | 'authorised'
  | 'captured'
  | 'refused'
  | 'cancelled'
  | 'expired'
  | 'reversed'
  | 'undecided';

/** What a gateway told us, in neutral words. The amount and the currency are the gateway's: compare them with the attempt's (`contradictions`). */
export interface GatewayMessage {
  readonly notice: GatewayNotice;
  readonly attemptReference: string;
  readonly outcome: GatewayOutcome;
  readonly amountCentimes: number;
  /** `MAD`, or whatever was said instead. */
  readonly currency: string;
  readonly gatewayReference?: string;
  readonly gatewayTransactionId?: string;
  /** The message may only make us ask: nothing is settled before an inquiry confirms it. */
  readonly mustInquire: boolean;
  readonly refusal?: { readonly code: string; readonly text: string };
}

/** Why a rightly signed message isn't believed: it lacks what the gateway always says, or says what we didn't ask. */
export type UnverifiedReason = 'renamed_or_repeated_fields' | 'missing_fields' | 'not_as_sent';
/** Why a message is nothing: not readable, not signed, wrongly signed. */
export type RejectedReason = 'unreadable' | 'too_large' | 'missing_signature' | 'wrong_signature';

/** What may be stored of an inbound request: without card data, long bodies cut. */
export interface CallbackRecord {
  readonly contentType: string;
  readonly body: string;
  /** SHA-256 of what tells the message from another, in hexadecimal: the same for every repetition. Of the bytes received, unless an adapter says otherwise. */
  readonly sha256: string;
}

/**
 * `verified`: believe it, as far as `mustInquire` allows. `unverified`: record it, ask the gateway about what it claims, settle nothing.
 * `rejected`: record it, do nothing.
 */
export type CallbackReading =
  | { readonly trust: 'verified'; readonly message: GatewayMessage; readonly record: CallbackRecord }
  | {
      readonly trust: 'unverified';
      readonly reason: UnverifiedReason;
      /** What to ask about; itself not to be believed. */
      readonly claim: { readonly attemptReference?: string; readonly gatewayTransactionId?: string };
      readonly record: CallbackRecord;
    }
  | { readonly trust: 'rejected'; readonly reason: RejectedReason; readonly record: CallbackRecord };

/**
 * `take`: the money is ours to take, answered only after the commit. `do_not_take`: a good message about money that we don't want.
 * `acknowledge`: understood, nothing to take. `fault`: unknown order or wrong amount. `later`: trouble on our side, to be sent again by
 * gateways that do that.
 */
export type CallbackDecision = 'take' | 'do_not_take' | 'acknowledge' | 'fault' | 'later';

export interface CallbackAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * `none`: the gateway doesn't know the attempt. `refunded`: money was given back, all or a part (`refundedCentimes`).
 * `unknown`: it couldn't be asked, or its answer makes no sense: ask again.
 */
export type GatewayState =
  | 'none'
  | 'pending'
  | 'authorised'
  | 'captured'
  | 'settled'
  | 'refused'
  | 'cancelled'
  | 'expired'
  | 'voided'
  | 'refunded'
  | 'reversed'
  | 'unknown';

export interface Inquiry {
  readonly state: GatewayState;
  /** What was authorised or paid, with its currency; absent when no money is shown. */
  readonly amountCentimes?: number;
  readonly currency?: string;
  readonly refundedCentimes?: number;
  readonly gatewayReference?: string;
  readonly gatewayTransactionId?: string;
  /** With `pending`: the payer has paid or ordered it, and the bank takes its time. Nobody may be told that nothing was taken. */
  readonly underWay?: boolean;
  /** All that was paid by this reference, says the gateway. Less than its payments together: one of them is told under several numbers. */
  readonly paidInAllCentimes?: number;
  /** The other payments of this reference, where there can be several: each is told under its own number, as paid or as gone. */
  readonly further?: readonly Inquiry[];
  /** Short cause of `unknown` or of a refusal, for a person; without card data. */
  readonly detail?: string;
}

/** An order given to the gateway about money, and taken. */
export interface OperationReceipt {
  readonly gatewayTransactionId?: string;
  /** It had been done before: the order was repeated. */
  readonly repeated: boolean;
}

/** What a gateway asks us by itself, unsigned; the answer must give away nothing but the status. */
export interface StatusQuestion {
  readonly attemptReference: string;
  readonly gatewayReference: string;
}

/**
 * A payment provider. Pure where it can be: only `startAttempt`, `inquire`, `capture`, `void`, `refund` may go outside, each with a time limit.
 * Those, except `inquire`, throw `GatewayUnavailableError` (look at its `effect`) or `GatewayRefusalError`.
 */
export interface PaymentGateway {
  readonly provider: string;
  readonly channels: readonly PaymentChannel[];
  /** Makes what the payer needs. A creating call whose answer was lost has `effect: 'unknown'`: inquire by reference, don't create another. */
  startAttempt(attempt: PaymentAttempt, signal?: AbortSignal): Promise<StartedAttempt>;
  /** Never throws, whatever comes. */
  readCallback(raw: RawCallback): CallbackReading;
  /**
   * What to answer. Only a verified message can get the answer that takes money, whatever the decision.
   * `receipt` is ours, for gateways that want one.
   */
  answerCallback(reading: CallbackReading, decision: CallbackDecision, receipt?: string): CallbackAnswer;
  /** The attempt that the payer's browser comes back about, when it is signed. Proves nothing about money. Never throws. */
  readReturn(raw: { body: Buffer }): { readonly attemptReference?: string };
  /** Whether the provider can be asked at all; where it can't, only its back office knows, and a person who looks into it. */
  readonly answersInquiries: boolean;
  /** Asks the gateway. Never throws: what can't be known is `unknown`. */
  inquire(attempt: KnownAttempt, signal?: AbortSignal): Promise<Inquiry>;
  /** Takes authorised money. Absent where a confirmation is already money taken. */
  capture?(attempt: KnownAttempt, signal?: AbortSignal): Promise<OperationReceipt>;
  /** Gives up an authorisation, or a capture not settled yet. */
  void?(attempt: KnownAttempt, signal?: AbortSignal): Promise<OperationReceipt>;
  /** Gives money back. Absent where only a person can do it, elsewhere. */
  refund?(attempt: KnownAttempt, amountCentimes: number, signal?: AbortSignal): Promise<OperationReceipt>;
  /** The status question that the gateway may ask, and our answer. */
  readStatusQuestion?(query: URLSearchParams): StatusQuestion | undefined;
  answerStatusQuestion?(status: 'paid' | 'pending' | 'cancelled' | 'expired' | 'not_found'): CallbackAnswer;
  /** The provider's daily file, for reconciliation. Never throws: lines that can't be read are faults. */
  parseSettlementFile(content: Buffer): SettlementFile;
}

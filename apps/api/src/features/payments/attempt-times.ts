import type { AttemptStatus, PaymentChannel } from '@rnoce/schemas';
import { attemptStates, type PaymentProvider } from '@rnoce/schemas/payment-states';
import { graceMs, providerRules } from './payment-channels.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** When an open attempt is asked about, after its creation; then hourly (reference/payment-gateways.md §4.3). */
const inquiryTimes = [2 * minute, 5 * minute, 15 * minute, hour];
/** A capture that isn't seen after this long is asked for again; a void that isn't seen, likewise. */
const captureCheck = 5 * minute;
const voidCheck = minute;
/** A refund that was asked of the gateway, and isn't seen. */
const refundCheck = 5 * minute;
/** When a provider that takes money back is asked again about money that it took: a notice may be lost. */
const takeBackTimes = [day, 2 * day, 3 * day, 5 * day];

/** A gateway that gives no usable answer for this long is shown to a person. */
export const silenceLimit = 6 * hour;
/** A refund that isn't seen for this long is shown to a person. */
export const refundLimit = hour;
/** A capture that isn't seen for this long is shown to a person, well before CMI's 15 days. */
export const captureLimit = 2 * day;

export interface TimedAttempt {
  readonly status: AttemptStatus;
  readonly provider: PaymentProvider;
  readonly channel: PaymentChannel;
  readonly createdAt: Date;
  /** Of its state. */
  readonly changedAt: Date;
  readonly expiresAt: Date;
  readonly capturedAt: Date | null;
  readonly inquiries: number;
}

/** After it an attempt without money is over: its own end and the provider's grace. */
export const endOfAttempt = ({ channel, expiresAt }: Pick<TimedAttempt, 'channel' | 'expiresAt'>): Date =>
  new Date(expiresAt.getTime() + graceMs[channel]);

/** When a new attempt is first asked about. */
export const firstInquiry = (createdAt: Date): Date => new Date(createdAt.getTime() + (inquiryTimes[0] ?? 0));

/** When the gateway is asked next, always later than `now`; null when nothing is expected of the attempt any more. */
export function nextInquiry(attempt: TimedAttempt, now: Date): Date | null {
  const present = now.getTime();
  const end = endOfAttempt(attempt).getTime();
  // A page or a code that is over without our knowing is asked about right at its end.
  const before = (at: number, limit = end) => new Date(limit > present && limit < at ? limit : at);
  switch (attempt.status) {
    case 'capture_requested':
    case 'void_requested':
    case 'refund_requested': {
      const first = {
        capture_requested: captureCheck,
        void_requested: voidCheck,
        refund_requested: refundCheck,
      }[attempt.status];
      const elapsed = present - attempt.changedAt.getTime();
      return new Date(present + Math.min(hour, Math.max(first, elapsed)));
    }
    case 'captured': {
      const { takesBack } = providerRules[attempt.provider];
      const since = attempt.capturedAt?.getTime();
      if (!takesBack || since === undefined) return null;
      const next = takeBackTimes.map((after) => since + after).find((at) => at > present);
      return next === undefined ? null : new Date(next);
    }
    case 'abandoned': {
      // Given up by the payer, or by the gateway's word: money may come by it all the same.
      const last = attempt.expiresAt.getTime() + providerRules[attempt.provider].watchMs;
      return last > present ? before(present + hour, last) : null;
    }
    case 'voided':
    case 'refunded':
    case 'reversed':
      return null;
    case 'created':
    case 'redirected':
    case 'reference_out':
    case 'refused':
    case 'authorised':
    case 'unknown': {
      const planned = inquiryTimes[attempt.inquiries];
      const at = planned === undefined ? present + hour : attempt.createdAt.getTime() + planned;
      return before(Math.max(at, present + minute));
    }
  }
}

/** Whether the payer, or their money, is still waited for. */
export const isOpenAttempt = (status: AttemptStatus): boolean => attemptStates[status].open;

import { assertAttempt } from '../payment-gateway/attempt-checks.ts';
import { createGatewayCaller } from '../payment-gateway/gateway-caller.ts';
import type { KnownAttempt, PaymentGateway } from '../payment-gateway/payment-gateway.ts';
import { parseSettlementCsv } from '../payment-gateway/settlement-file.ts';
import { type CmiMovement, createCmiApi } from './cmi-api.ts';
import { answerCmiCallback, readCmiCallback, readCmiReturn } from './cmi-callback.ts';
import { hostedPageFields, sessionSeconds } from './cmi-form.ts';
import { assertCmiOptions, type CmiOptions, cmiProvider } from './cmi-settings.ts';
import { cmiSettlement } from './cmi-settlement.ts';

export interface CmiGateway extends PaymentGateway {
  capture(attempt: KnownAttempt, signal?: AbortSignal): ReturnType<NonNullable<PaymentGateway['capture']>>;
  void(attempt: KnownAttempt, signal?: AbortSignal): ReturnType<NonNullable<PaymentGateway['void']>>;
  refund(
    attempt: KnownAttempt,
    amountCentimes: number,
    signal?: AbortSignal,
  ): ReturnType<NonNullable<PaymentGateway['refund']>>;
  /** All movements of an attempt at CMI, for a person. Throws `GatewayUnavailableError`. */
  history(attempt: KnownAttempt, signal?: AbortSignal): Promise<CmiMovement[]>;
}

/**
 * CMI's hosted card page, « 3D Pay Hosting »: authorised on the page, captured by our answer to the callback.
 * Nothing is called at the start. Keep one a process. Throws at once when a setting can't work.
 */
export function createCmiGateway(options: CmiOptions): CmiGateway {
  assertCmiOptions(options);
  const { now = () => new Date() } = options;
  const channels = ['card'] as const;
  const api = createCmiApi(options, createGatewayCaller(cmiProvider, options));

  return {
    provider: cmiProvider,
    channels,
    answersInquiries: true,
    async startAttempt(attempt) {
      const present = now();
      assertAttempt(cmiProvider, channels, attempt, present);
      return {
        type: 'redirect',
        method: 'POST',
        url: options.hostedPageUrl,
        fields: hostedPageFields(attempt, options, present),
        expiresAt: new Date(present.getTime() + sessionSeconds(attempt, present) * 1_000),
      };
    },
    readCallback: (raw) => readCmiCallback(raw, options),
    answerCallback: answerCmiCallback,
    readReturn: ({ body }) => readCmiReturn(body, options),
    inquire: api.status,
    capture: api.capture,
    void: api.void,
    refund: api.refund,
    history: api.history,
    parseSettlementFile: (content) => parseSettlementCsv(content, cmiSettlement),
  };
}

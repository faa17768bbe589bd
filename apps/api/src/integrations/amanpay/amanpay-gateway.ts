import { requestOutside } from '../outside-call/outside-http.ts';
import { assertAttempt } from '../payment-gateway/attempt-checks.ts';
import { createGatewayCaller } from '../payment-gateway/gateway-caller.ts';
import { GatewayUnavailableError } from '../payment-gateway/gateway-errors.ts';
import {
  type FormField,
  type PaymentAttempt,
  type PaymentGateway,
  paymentCurrency,
} from '../payment-gateway/payment-gateway.ts';
import { parseSettlementCsv } from '../payment-gateway/settlement-file.ts';
import { createPaymentCode } from './amanpay-code.ts';
import { amanPayContracts } from './amanpay-contract.ts';
import { type AmanPayOptions, amanPayProvider, assertAmanPayOptions } from './amanpay-settings.ts';
import { amanPaySettlement } from './amanpay-settlement.ts';
import { widgetHmac } from './amanpay-signature.ts';

/** The fields that AmanPay's own script would post; the amount is signed, in centimes. */
function widgetFields(attempt: PaymentAttempt, options: AmanPayOptions): FormField[] {
  const { merchantId, accessKey, secret } = options;
  const { reference: orderId, amountCentimes } = attempt;
  return [
    ['mode', 'button'],
    ['default_method', attempt.channel === 'direct_debit' ? 'paydirect' : 'card'],
    ['merchant_id', merchantId],
    ['access_key', accessKey],
    ['amount', String(amountCentimes)],
    ['order_id', orderId],
    ['hmac', widgetHmac({ merchantId, orderId, amountCentimes, currency: paymentCurrency }, secret)],
    ['currency', paymentCurrency],
    ['redirect_url', attempt.returnUrl],
    ['client_name', attempt.payer.name ?? options.payerName],
    ['client_email', attempt.payer.email ?? options.payerEmail],
    ['client_phone', ''],
    ['location', attempt.returnUrl],
  ];
}

/**
 * AmanPay (M2T): card and direct debit on its page, cash by a code. Its form is posted by the page itself, without its script: nothing of a
 * third party runs beside the payer's data. Money is given back by hand. Keep one a process. Throws at once when a setting can't work.
 */
export function createAmanPayGateway(options: AmanPayOptions): PaymentGateway {
  assertAmanPayOptions(options);
  const { now = () => new Date() } = options;
  const channels = ['card', 'cash_code', 'direct_debit'] as const;
  const caller = createGatewayCaller(amanPayProvider, options);
  const contract = amanPayContracts[options.contract ?? 'assumed'];

  return {
    provider: amanPayProvider,
    channels,
    answersInquiries: contract.answersInquiries,

    async startAttempt(attempt, signal) {
      const present = now();
      assertAttempt(amanPayProvider, channels, attempt, present);
      if (attempt.channel === 'cash_code')
        return createPaymentCode(attempt, options, caller, present, signal);
      return {
        type: 'redirect',
        method: 'POST',
        url: options.widgetUrl,
        fields: widgetFields(attempt, options),
        expiresAt: attempt.expiresAt,
      };
    },

    readCallback: (raw) => contract.readNotification(raw, options),
    answerCallback: (reading, decision) => contract.answerNotification(reading, decision),
    // The return carries nothing signed.
    readReturn: () => ({}),

    async inquire(attempt, signal) {
      const inquiry = contract.inquiryOf(attempt, options);
      if (!inquiry) return { state: 'unknown', detail: 'manual' };
      try {
        return await caller.ask(
          'inquire',
          async (limit, fetch) => {
            const answer = await requestOutside({
              method: 'GET',
              url: inquiry.url,
              headers: { ...inquiry.headers, accept: 'application/json' },
              answers: [200, 404],
              signal: limit,
              fetch,
            });
            return contract.readInquiry(answer, attempt, options);
          },
          signal,
        );
      } catch (error) {
        if (error instanceof GatewayUnavailableError) return { state: 'unknown', detail: error.reason };
        throw error;
      }
    },

    parseSettlementFile: (content) => parseSettlementCsv(content, amanPaySettlement),
  };
}

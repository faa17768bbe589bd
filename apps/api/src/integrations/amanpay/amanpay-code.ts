import { randomUUID } from 'node:crypto';
import { decimalOf } from '@rnoce/schemas/money';
import { z } from 'zod';
import { OutsideFault } from '../outside-call/outside-fault.ts';
import { requestOutside } from '../outside-call/outside-http.ts';
import type { GatewayCaller } from '../payment-gateway/gateway-caller.ts';
import { GatewayRefusalError } from '../payment-gateway/gateway-errors.ts';
import { type GatewayZone, localTime } from '../payment-gateway/local-time.ts';
import type { PaymentAttempt, StartedAttempt } from '../payment-gateway/payment-gateway.ts';
import { type AmanPayOptions, amanPayProvider } from './amanpay-settings.ts';
import { codeChecksum } from './amanpay-signature.ts';

/** A code lives at most as long as in M2T's own prototype, in milliseconds. */
const longestLife = 15 * 24 * 3_600_000;

const PaymentCode = z.object({
  token: z.string().regex(/^\d{9}$/),
  orderId: z.string().max(80).nullish(),
});
const Refused = z.object({
  code: z.string().max(100).nullish(),
  message: z.string().max(2_000).nullish(),
});

/** `yyyyMMddHHmmss` in the zone agreed with M2T. */
const dateText = (instant: Date, timeZone: GatewayZone): string =>
  localTime(instant, timeZone).replaceAll(/\D/g, '');

/** Asks M2T for the code that is paid in cash at an agency. Throws `GatewayUnavailableError`, `GatewayRefusalError`. */
export async function createPaymentCode(
  attempt: PaymentAttempt,
  options: AmanPayOptions,
  caller: GatewayCaller,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<StartedAttempt> {
  const {
    organismId,
    serviceId,
    timeZone = 'Africa/Casablanca',
    orderAmountUnit = 'decimal',
    newId = randomUUID,
  } = options;
  const orderId = attempt.reference;
  const requestDate = dateText(now, timeZone);
  const expiresAt = new Date(Math.min(attempt.expiresAt.getTime(), now.getTime() + longestLife));
  const body = {
    batchId: newId(),
    requestDate,
    expirationDate: dateText(expiresAt, timeZone),
    organismId,
    serviceId,
    redirectUrl: attempt.returnUrl,
    customerId: orderId,
    orderId,
    orderAmount:
      orderAmountUnit === 'decimal' ? decimalOf(attempt.amountCentimes) : String(attempt.amountCentimes),
    description: orderId,
    invoiceDate: requestDate,
    invoiceDueDate: dateText(expiresAt, timeZone),
    customerName: attempt.payer.name ?? options.payerName,
    customerMail: attempt.payer.email ?? options.payerEmail,
    customerPhone: '',
    callBackUrl: options.callbackUrl,
    tokenStatus: 'ACTIVATE',
    token: '',
    checkSum: codeChecksum({ requestDate, organismId, serviceId, orderId }, options.codeSecret),
  };
  const code = await caller.order(
    'create_code',
    async (limit, fetch) => {
      const answer = await requestOutside({
        method: 'POST',
        url: new URL(`${options.tokenApiUrl.replace(/\/+$/, '')}/api/v2/token`),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
        answers: [200, 201, 400, 409, 422],
        signal: limit,
        fetch,
      });
      if (answer.status >= 400) {
        const { code: refusal, message } = answer.json(Refused);
        throw new GatewayRefusalError(
          amanPayProvider,
          answer.status === 409 ? 'reference_in_use' : 'refused',
          `${refusal ?? ''} ${message ?? ''}`.trim().slice(0, 300),
        );
      }
      const created = answer.json(PaymentCode);
      if ((created.orderId ?? orderId) !== orderId) throw new OutsideFault('invalid_answer', 'unknown');
      return created.token;
    },
    signal,
  );
  return { type: 'reference', reference: code, expiresAt, paidAt: ['TASHILAT', 'Chaabi Cash'] };
}

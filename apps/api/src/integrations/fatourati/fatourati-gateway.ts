import { decimalOf } from '@rnoce/schemas/money';
import type { z } from 'zod';
import { OutsideFault } from '../outside-call/outside-fault.ts';
import { requestOutside } from '../outside-call/outside-http.ts';
import { assertAttempt } from '../payment-gateway/attempt-checks.ts';
import { dirhamNumber } from '../payment-gateway/currency-codes.ts';
import { createGatewayCaller, type GatewayCaller } from '../payment-gateway/gateway-caller.ts';
import { GatewayRefusalError, GatewayUnavailableError } from '../payment-gateway/gateway-errors.ts';
import { localTime } from '../payment-gateway/local-time.ts';
import type { PaymentAttempt, PaymentGateway } from '../payment-gateway/payment-gateway.ts';
import { parseSettlementCsv } from '../payment-gateway/settlement-file.ts';
import { createAccessTokens } from './access-token.ts';
import {
  answerFatouratiNotice,
  answerStatusQuestion,
  readFatouratiNotice,
  readStatusQuestion,
} from './fatourati-callback.ts';
import { conclude, transactionNumbers } from './fatourati-inquiry.ts';
import { CreatedToken, Refused, TokenStatus, TransactionStatus } from './fatourati-messages.ts';
import {
  assertFatouratiOptions,
  type FatouratiOptions,
  fatouratiProvider,
  paymentMode,
} from './fatourati-settings.ts';
import { fatouratiSettlement } from './fatourati-settlement.ts';
import { signFatourati } from './fatourati-signature.ts';

const pngUri = /^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/;

function creation(attempt: PaymentAttempt, options: FatouratiOptions, now: Date) {
  const { timeZone = 'UTC', merchantCode, store, cashierId } = options;
  const amount = decimalOf(attempt.amountCentimes);
  const expiryDate = localTime(attempt.expiresAt, timeZone);
  const orderId = attempt.reference;
  const lines =
    attempt.lines.length > 0
      ? attempt.lines
      : [{ reference: orderId, description: orderId, amountCentimes: attempt.amountCentimes }];
  const body = {
    orderId,
    orderDate: localTime(now, timeZone),
    expiryDate,
    // A number of two places is written back by JSON as it was read: no arithmetic is done on it.
    totalAmount: Number(amount),
    currency: dirhamNumber,
    paymentMode,
    paymentType: 'TOTAL',
    cashierId,
    items: lines.map((line) => ({
      id: line.reference,
      amount: Number(decimalOf(line.amountCentimes)),
      description: line.description,
      due: true,
      selected: true,
    })),
    clientInfo: {
      name: attempt.payer.name ?? options.payerName,
      email: attempt.payer.email ?? options.payerEmail,
      phoneNumber: options.payerPhone,
      infoToShow: [],
    },
    countryCode: 'MA',
    orderLinks: {
      callbackURL: options.callbackUrl,
      checkStatusURL: options.checkStatusUrl,
      cancelURL: options.cancelUrl,
    },
    autoConfirmPayment: false,
    isCancellable: true,
    generateQrCode: true,
    language: attempt.language,
    extraData: [],
  };
  const values = { totalAmount: amount, currency: dirhamNumber, merchantCode, store, orderId, cashierId };
  const signature = signFatourati(
    'create',
    { ...values, paymentMode, isCancellable: 'true', expiryDate },
    options.storeApiKey,
  );
  return { body, signature };
}

/**
 * Fatourati: a reference that the payer takes to a bank, a wallet or an agency. Nothing can be cancelled or refunded by us in v1.2.4: a
 * reference that is out stays payable until it expires. Keep one a process. Throws at once when a setting can't work.
 */
export function createFatouratiGateway(options: FatouratiOptions): PaymentGateway {
  assertFatouratiOptions(options);
  const { now = () => new Date(), merchantCode, store } = options;
  const channels = ['bank_reference'] as const;
  const caller = createGatewayCaller(fatouratiProvider, options);
  const tokens = createAccessTokens(options, caller);
  const base = `${options.apiUrl.replace(/\/+$/, '')}/api/v1/merchants/${merchantCode}/stores/${store}`;

  /** Sends with a token, and once more with a new one when the API refuses it: it may have been revoked before its time. */
  const withToken = async <T>(
    way: GatewayCaller['ask'],
    operation: string,
    signal: AbortSignal | undefined,
    send: (token: string, limit: AbortSignal, fetch: typeof globalThis.fetch) => Promise<T>,
  ): Promise<T> => {
    const token = await tokens.get(signal);
    try {
      return await way(operation, (limit, fetch) => send(token, limit, fetch), signal);
    } catch (error) {
      if (!(error instanceof GatewayUnavailableError) || error.reason !== 'access_denied') throw error;
      tokens.forget(token);
      const fresh = await tokens.get(signal);
      return way(operation, (limit, fetch) => send(fresh, limit, fetch), signal);
    }
  };

  const find = <T extends z.ZodType>(
    schema: T,
    path: string,
    operation: string,
    signal: AbortSignal | undefined,
  ): Promise<z.output<T> | undefined> =>
    withToken(caller.ask, operation, signal, async (token, limit, fetch) => {
      const answer = await requestOutside({
        method: 'GET',
        url: new URL(`${base}/${path}`),
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
        answers: [200, 404],
        signal: limit,
        fetch,
      });
      if (answer.status === 200) return answer.json(schema);
      // A bare 404 may come from a proxy or a wrong address: only one in Fatourati's form means that there is none.
      if (!answer.json(Refused).code) throw new OutsideFault('invalid_answer', 'none');
      return undefined;
    });

  return {
    provider: fatouratiProvider,
    channels,
    answersInquiries: true,

    async startAttempt(attempt, signal) {
      const present = now();
      assertAttempt(fatouratiProvider, channels, attempt, present);
      const { body, signature } = creation(attempt, options, present);
      const created = await withToken(caller.order, 'create', signal, async (token, limit, fetch) => {
        const answer = await requestOutside({
          method: 'POST',
          url: new URL(`${base}/token`),
          headers: {
            authorization: `Bearer ${token}`,
            'x-signature': signature,
            'content-type': 'application/json',
            accept: 'application/json',
          },
          body: JSON.stringify(body),
          answers: [200, 201, 400, 409, 422],
          signal: limit,
          fetch,
        });
        if (answer.status >= 400) {
          const { code, message } = answer.json(Refused);
          throw new GatewayRefusalError(
            fatouratiProvider,
            answer.status === 409 ? 'reference_in_use' : 'refused',
            `${code ?? ''} ${message ?? ''}`.trim().slice(0, 300),
          );
        }
        const created = answer.json(CreatedToken);
        if (created.orderId !== attempt.reference) throw new OutsideFault('invalid_answer', 'unknown');
        return created;
      });
      return {
        type: 'reference',
        reference: created.tokenRef,
        expiresAt: attempt.expiresAt,
        ...(created.qrCode && pngUri.test(created.qrCode) && { qrCode: created.qrCode }),
        paidAt: (created.refPaymentSystems ?? []).flatMap(({ description }) => description ?? []),
      };
    },

    readCallback: (raw) => readFatouratiNotice(raw, options),
    answerCallback: (reading, decision, receipt) => answerFatouratiNotice(reading, decision, receipt, now()),
    readReturn: () => ({}),
    readStatusQuestion,
    answerStatusQuestion,

    async inquire(attempt, signal) {
      try {
        const path =
          attempt.gatewayReference === undefined
            ? `orders/${encodeURIComponent(attempt.reference)}/token`
            : `tokens/${encodeURIComponent(attempt.gatewayReference)}`;
        const token = await find(TokenStatus, path, 'find_token', signal);
        const transactions: TransactionStatus[] = [];
        for (const number of transactionNumbers(attempt, token)) {
          const found = await find(
            TransactionStatus,
            `transactions/${encodeURIComponent(number)}`,
            'find_transaction',
            signal,
          );
          // An answer about another transaction is none.
          if (found && found.fatouratiTransactionNumber !== number)
            return { state: 'unknown', detail: 'another_transaction' };
          if (found) transactions.push(found);
        }
        return conclude(attempt, options, token, transactions);
      } catch (error) {
        if (error instanceof GatewayUnavailableError) return { state: 'unknown', detail: error.reason };
        throw error;
      }
    },

    parseSettlementFile: (content) => parseSettlementCsv(content, fatouratiSettlement),
  };
}

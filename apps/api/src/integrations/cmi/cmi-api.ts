import { centimesOf, decimalOf } from '@rnoce/schemas/money';
import { OutsideFault } from '../outside-call/outside-fault.ts';
import { requestOutside } from '../outside-call/outside-http.ts';
import { maskCardNumbers } from '../payment-gateway/card-data.ts';
import { currencyOf, dirhamNumber } from '../payment-gateway/currency-codes.ts';
import type { GatewayCaller } from '../payment-gateway/gateway-caller.ts';
import {
  type GatewayRefusalCode,
  GatewayRefusalError,
  GatewayUnavailableError,
} from '../payment-gateway/gateway-errors.ts';
import { centimesOfDigits } from '../payment-gateway/money.ts';
import {
  type GatewayState,
  type Inquiry,
  type KnownAttempt,
  type OperationReceipt,
} from '../payment-gateway/payment-gateway.ts';
import { childText, onlyChild, parseXml, writeXml, type XmlContent, type XmlElement } from './cc5-xml.ts';
import { refusalOf } from './cmi-errors.ts';
import { type CmiOptions, cmiProvider } from './cmi-settings.ts';

/** `TRANS_STAT`. `R` needs a technical reversal by the bank: neither money nor its absence. */
const states: Record<string, GatewayState> = {
  A: 'authorised',
  C: 'captured',
  S: 'settled',
  PN: 'pending',
  D: 'refused',
  ERR: 'refused',
  CNCL: 'voided',
  V: 'voided',
};

/** One movement of an order in CMI's history. */
export interface CmiMovement {
  readonly kind: 'payment' | 'refund';
  readonly state: GatewayState;
  readonly amountCentimes: number | undefined;
  readonly capturedCentimes: number | undefined;
  readonly approved: boolean;
  readonly transactionId: string;
}

const transactionForm = /^[\w.-]{1,64}$/;

/**
 * Amounts of the status and of the history are whole centimes without a dot, says public code of the platform; a decimal is read too,
 * since the dot can't be mistaken.
 */
const inquiredCentimes = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : text.includes('.') ? centimesOf(text) : centimesOfDigits(text);

function decodeAnswer(bytes: Buffer): XmlElement {
  const declared = /^[^>]{0,60}encoding=["']([\w-]{1,20})["']/.exec(bytes.toString('latin1', 0, 100))?.[1];
  try {
    return parseXml(new TextDecoder(declared ?? 'utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new OutsideFault('invalid_answer', 'unknown', { cause: error });
  }
}

/** CMI's XML API. `status` never throws; the others throw `GatewayUnavailableError` or `GatewayRefusalError`. */
export function createCmiApi(options: CmiOptions, caller: GatewayCaller) {
  const url = new URL(options.apiUrl);

  const post = async (
    oid: string,
    content: XmlContent,
    signal: AbortSignal,
    fetch: typeof globalThis.fetch,
  ) => {
    const body = `<?xml version="1.0" encoding="UTF-8"?>${writeXml([
      [
        'CC5Request',
        [
          ['Name', options.apiName],
          ['Password', options.apiPassword],
          ['ClientId', options.clientId],
          ['OrderId', oid],
          ...content,
        ],
      ],
    ])}`;
    const answer = await requestOutside({
      method: 'POST',
      url,
      headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml, application/xml' },
      body,
      answers: [200],
      signal,
      fetch,
    });
    const root = decodeAnswer(answer.bytes);
    const said = childText(root, 'OrderId');
    // Another order's answer would settle this one with its money.
    if (root.name !== 'CC5Response' || (said !== undefined && said !== '' && said !== oid))
      throw new OutsideFault('invalid_answer', 'unknown');
    return root;
  };

  const detailOf = (root: XmlElement) =>
    maskCardNumbers(`${childText(root, 'ProcReturnCode') ?? ''} ${childText(root, 'ErrMsg') ?? ''}`)
      .trim()
      .slice(0, 300);
  const refusalCodeOf = (root: XmlElement): GatewayRefusalCode =>
    refusalOf(childText(onlyChild(root, 'Extra'), 'ERRORCODE'), childText(root, 'ErrMsg'));

  const readStatus = (root: XmlElement, oid: string): Inquiry => {
    const extra = onlyChild(root, 'Extra');
    const stat = childText(extra, 'TRANS_STAT');
    if (stat === undefined || stat === '') {
      const code = refusalCodeOf(root);
      if (code === 'not_found') return { state: 'none' };
      return { state: 'unknown', detail: detailOf(root) };
    }
    const transactionId = childText(root, 'TransId') ?? '';
    const facts = transactionForm.test(transactionId) ? { gatewayTransactionId: transactionId } : {};
    const isRefund = childText(extra, 'CHARGE_TYPE_CD') === 'C';
    const said = states[stat] ?? 'unknown';
    const state =
      isRefund && (said === 'authorised' || said === 'captured' || said === 'settled') ? 'refunded' : said;
    if (state !== 'authorised' && state !== 'captured' && state !== 'settled' && state !== 'refunded')
      return { ...facts, state, ...(state !== 'voided' && { detail: detailOf(root) || stat }) };
    // Money is shown only by an answer that names the order and the amount.
    const amountCentimes = inquiredCentimes(childText(extra, 'ORIG_TRANS_AMT'));
    const captured = inquiredCentimes(childText(extra, 'CAPTURE_AMT'));
    if (childText(root, 'OrderId') !== oid || amountCentimes === undefined)
      return { state: 'unknown', detail: 'incomplete_answer' };
    const currency = childText(extra, 'CURRENCY') ?? dirhamNumber;
    return {
      ...facts,
      state,
      currency: currencyOf(currency),
      ...(state === 'refunded'
        ? { refundedCentimes: amountCentimes }
        : {
            amountCentimes:
              state === 'authorised' ? amountCentimes : captured && captured > 0 ? captured : amountCentimes,
          }),
    };
  };

  /** Sends an order, and tells a refusal by its number. */
  const order = async (
    attempt: KnownAttempt,
    operation: string,
    content: XmlContent,
    signal: AbortSignal | undefined,
  ): Promise<OperationReceipt> =>
    caller.order(
      operation,
      async (limit, fetch) => {
        const root = await post(attempt.reference, content, limit, fetch);
        const code = childText(root, 'ProcReturnCode');
        const response = childText(root, 'Response');
        if (code === '00' && response === 'Approved' && childText(root, 'OrderId') === attempt.reference) {
          const transactionId = childText(root, 'TransId') ?? '';
          return {
            repeated: false,
            ...(transactionForm.test(transactionId) && { gatewayTransactionId: transactionId }),
          };
        }
        if (response !== 'Declined' && response !== 'Error')
          throw new OutsideFault('invalid_answer', 'unknown');
        throw new GatewayRefusalError(cmiProvider, refusalCodeOf(root), detailOf(root));
      },
      signal,
    );

  const status = async (attempt: KnownAttempt, signal?: AbortSignal): Promise<Inquiry> => {
    try {
      return await caller.ask(
        'status',
        async (limit, fetch) =>
          readStatus(
            await post(attempt.reference, [['Extra', [['ORDERSTATUS', 'QUERY']]]], limit, fetch),
            attempt.reference,
          ),
        signal,
      );
    } catch (error) {
      if (error instanceof GatewayUnavailableError) return { state: 'unknown', detail: error.reason };
      throw error;
    }
  };

  /**
   * Repeats are recognised by asking, not by the refusal's number: the platform's numbers for « already done » differ. A refusal stands
   * unless the gateway shows what was wanted.
   */
  const orderOnce = async (
    attempt: KnownAttempt,
    operation: string,
    content: XmlContent,
    wanted: readonly GatewayState[],
    signal: AbortSignal | undefined,
  ): Promise<OperationReceipt> => {
    try {
      return await order(attempt, operation, content, signal);
    } catch (error) {
      if (!(error instanceof GatewayRefusalError)) throw error;
      const found = await status(attempt, signal);
      if (!wanted.includes(found.state)) throw error;
      const { gatewayTransactionId } = found;
      return { repeated: true, ...(gatewayTransactionId !== undefined && { gatewayTransactionId }) };
    }
  };

  return {
    status,
    /** At most the authorised amount, within 15 days. */
    capture: (attempt: KnownAttempt, signal?: AbortSignal) =>
      orderOnce(
        attempt,
        'capture',
        [
          ['Type', 'PostAuth'],
          ['Total', decimalOf(attempt.amountCentimes)],
        ],
        ['captured', 'settled'],
        signal,
      ),
    void: (attempt: KnownAttempt, signal?: AbortSignal) =>
      orderOnce(attempt, 'void', [['Type', 'Void']], ['voided'], signal),
    /** After settlement; never above what is left. Not recognised as repeated, since refunds may be partial: one at a time, and inquire. */
    refund: (attempt: KnownAttempt, amountCentimes: number, signal?: AbortSignal) =>
      order(
        attempt,
        'refund',
        [
          ['Type', 'Credit'],
          ['Total', decimalOf(amountCentimes)],
          ['Currency', dirhamNumber],
        ],
        signal,
      ),
    /** All movements of an order, oldest first, as CMI lists them. */
    history: (attempt: KnownAttempt, signal?: AbortSignal): Promise<CmiMovement[]> =>
      caller.ask(
        'history',
        async (limit, fetch) =>
          readHistory(await post(attempt.reference, [['Extra', [['ORDERHISTORY', 'QUERY']]]], limit, fetch)),
        signal,
      ),
  };
}

/** `TRX1`, `TRX2`, …: type, state, amount, captured, dates, host reference, code, return code, transaction, between tabs. */
function readHistory(root: XmlElement): CmiMovement[] {
  const extra = onlyChild(root, 'Extra');
  if (!extra) throw new OutsideFault('invalid_answer', 'none');
  const movements: CmiMovement[] = [];
  for (let index = 1; ; index += 1) {
    const line = childText(extra, `TRX${index}`);
    if (line === undefined) return movements;
    const values = line.split('\t').map((value) => value.trim());
    const [type, stat = '', amount, captured] = values;
    movements.push({
      kind: type === 'C' ? 'refund' : 'payment',
      state: states[stat] ?? 'unknown',
      amountCentimes: inquiredCentimes(amount),
      capturedCentimes: inquiredCentimes(captured),
      approved: values[9] === '00',
      transactionId: values[10] ?? '',
    });
  }
}

import type { PaymentOrder } from '@rnoce/schemas';
import { ApiError, isUnanswered } from '../../api/api-error.ts';
import { wish } from '../../api/intents.ts';
import { createOrder, type OrderBody, retryOrder } from '../../api/payment-api.ts';
import type { Choice } from './channels.ts';

/** How long to wait for a twin of the same request that is still running, in milliseconds, and how often. */
const twinMs = 2000;
const twinTries = 10;

/** Sends a wish with its key until its twin is done; the key is kept as long as nothing is known of what it did. */
async function fulfil(
  what: readonly unknown[],
  send: (key: string) => Promise<PaymentOrder>,
  wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<PaymentOrder> {
  const { key, done } = wish(...what);
  for (let tries = 1; ; tries++) {
    try {
      const order = await send(key);
      done();
      return order;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'request_running' && tries < twinTries) await wait(twinMs);
      else {
        if (!isUnanswered(error) && error.code !== 'request_running' && error.status !== 429) done();
        throw error;
      }
    }
  }
}

/** Opens an order: once, however often it is pressed or sent again. Throws `ApiError`. */
export const openOrder = (body: OrderBody): Promise<PaymentOrder> =>
  fulfil(['order', body], (key) => createOrder(body, key));

/** Another try of an open order. Throws `ApiError`. */
export const tryAgain = (orderId: string, choice: Choice): Promise<PaymentOrder> =>
  fulfil(['attempt', orderId, choice], (key) => retryOrder(orderId, choice, key));

/** Those of the invoices asked for that the API names as not to be paid any more: the others still can be. */
export function goneOf(error: unknown, invoiceIds: readonly string[]): string[] {
  if (!(error instanceof ApiError) || error.code !== 'invoices_not_payable') return [];
  return (error.problem?.errors ?? []).flatMap(({ pointer }) => {
    const place = /^\/invoiceIds\/(\d+)$/.exec(pointer)?.[1];
    return place === undefined ? [] : (invoiceIds[Number(place)] ?? []);
  });
}

import * as routes from '@rnoce/schemas/payments';
import type { CallInput, Client } from './call.ts';

/** Order the payment of invoices of one issuer; the answer says where the payer goes. */
export const createPaymentOrder = (client: Client, input: CallInput<typeof routes.createPaymentOrder>) =>
  client.call(routes.createPaymentOrder, input);

/** The order, by its unguessable id. */
export const getPaymentOrder = (client: Client, input: CallInput<typeof routes.getPaymentOrder>) =>
  client.call(routes.getPaymentOrder, input);

/** Try an open order again, by the same or another channel. */
export const retryPaymentOrder = (client: Client, input: CallInput<typeof routes.retryPaymentOrder>) =>
  client.call(routes.retryPaymentOrder, input);

/** Give the order up; the gateway is asked first. */
export const cancelPaymentOrder = (client: Client, input: CallInput<typeof routes.cancelPaymentOrder>) =>
  client.call(routes.cancelPaymentOrder, input);

/** Send the reference to pay, or the receipt once paid, to an address. */
export const emailPaymentOrder = (client: Client, input: CallInput<typeof routes.emailPaymentOrder>) =>
  client.call(routes.emailPaymentOrder, input);

/** The receipt of a paid order: the bytes of its PDF. */
export const getReceipt = (client: Client, input: CallInput<typeof routes.getReceipt>) =>
  client.call(routes.getReceipt, input);

/** Whether a receipt is genuine, by the code of its QR code. */
export const checkReceipt = (client: Client, input: CallInput<typeof routes.checkReceipt>) =>
  client.call(routes.checkReceipt, input);

/** The orders for the operator's own invoices, whoever paid. */
export const listOwnPayments = (client: Client, input: CallInput<typeof routes.listOwnPayments>) =>
  client.call(routes.listOwnPayments, input);

/** The issuer's settlements, for reconciliation: a feed, which `nextCursor` walks. */
export const listPayments = (client: Client, input: CallInput<typeof routes.listPayments>) =>
  client.call(routes.listPayments, input);

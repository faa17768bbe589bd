import * as routes from '@rnoce/schemas/finance';
import type { CallInput, Client } from './call.ts';

/** The orders, with how many there are and how much they come to in each status. */
export const listFinanceOrders = (client: Client, input: CallInput<typeof routes.listFinanceOrders>) =>
  client.call(routes.listFinanceOrders, input);

/** Every order of the filters: the bytes of a CSV file. A browser loads it by its address, `client.url(exportFinanceOrders, …)`. */
export const exportFinanceOrders = (client: Client, input: CallInput<typeof routes.exportFinanceOrders>) =>
  client.call(routes.exportFinanceOrders, input);

/** An order with its attempts, history, messages, refunds and anomalies. */
export const getFinanceOrder = (client: Client, input: CallInput<typeof routes.getFinanceOrder>) =>
  client.call(routes.getFinanceOrder, input);

/** Ask the gateways now how the attempts of an order stand. */
export const inquireFinanceOrder = (client: Client, input: CallInput<typeof routes.inquireFinanceOrder>) =>
  client.call(routes.inquireFinanceOrder, input);

/** Record what was seen in the provider's back office. */
export const recordObservation = (client: Client, input: CallInput<typeof routes.recordObservation>) =>
  client.call(routes.recordObservation, input);

/** Money that goes back to payers. */
export const listRefunds = (client: Client, input: CallInput<typeof routes.listRefunds>) =>
  client.call(routes.listRefunds, input);

/** Take a refund, so that the others see who works on it. */
export const takeRefund = (client: Client, input: CallInput<typeof routes.takeRefund>) =>
  client.call(routes.takeRefund, input);

/** Give a refund back to the list. */
export const releaseRefund = (client: Client, input: CallInput<typeof routes.releaseRefund>) =>
  client.call(routes.releaseRefund, input);

/** Record that the money was given back, whole. */
export const recordRefund = (client: Client, input: CallInput<typeof routes.recordRefund>) =>
  client.call(routes.recordRefund, input);

/** Ask the provider to give the money back, once. */
export const refundByGateway = (client: Client, input: CallInput<typeof routes.refundByGateway>) =>
  client.call(routes.refundByGateway, input);

/** Ask the provider whether a refund without an answer was made. */
export const checkGatewayRefund = (client: Client, input: CallInput<typeof routes.checkGatewayRefund>) =>
  client.call(routes.checkGatewayRefund, input);

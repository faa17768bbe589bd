import * as routes from '@rnoce/schemas/reconciliation';
import type { CallInput, Client } from './call.ts';

/** Compare a provider's daily file with our books: `bytes` is the file. */
export const giveSettlementFile = (client: Client, input: CallInput<typeof routes.giveSettlementFile>) =>
  client.call(routes.giveSettlementFile, input);

/** The files given, and those of the last days that are missing. */
export const listSettlementFiles = (client: Client, input: CallInput<typeof routes.listSettlementFiles>) =>
  client.call(routes.listSettlementFiles, input);

/** The report of one file. */
export const getSettlementFile = (client: Client, input: CallInput<typeof routes.getSettlementFile>) =>
  client.call(routes.getSettlementFile, input);

/** What a person must look at. */
export const listAnomalies = (client: Client, input: CallInput<typeof routes.listAnomalies>) =>
  client.call(routes.listAnomalies, input);

/** Close an anomaly with what was found. */
export const closeAnomaly = (client: Client, input: CallInput<typeof routes.closeAnomaly>) =>
  client.call(routes.closeAnomaly, input);

import * as routes from '@rnoce/schemas/filing-statistics';
import type { CallInput, Client } from './call.ts';

/** Volumes, delays and causes of return over the last 12 weeks. */
export const getFilingStatistics = (client: Client, input: CallInput<typeof routes.getFilingStatistics>) =>
  client.call(routes.getFilingStatistics, input);

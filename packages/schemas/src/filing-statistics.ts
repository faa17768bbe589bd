import { z } from 'zod';
import { route } from './contract.ts';
import { ReasonCause } from './filings.ts';
import { Instant } from './primitives.ts';

/** How many weeks the statistics go back, this one included. */
export const statisticsWeeks = 12;

export const FilingStatistics = z.object({
  /** Oldest first; a week starts on its Monday in Casablanca. */
  weeks: z.array(
    z.object({
      week: z.iso.date(),
      submitted: z.int(),
      validated: z.int(),
      returned: z.int(),
      /** Median hours from submission to the decisions of that week; null without any. */
      medianHours: z.number().nullable(),
    }),
  ),
  /** Hours from submission to decision, over the last 90 days; null without any decision. */
  delayHours: z.object({ median: z.number().nullable(), p90: z.number().nullable() }),
  /** Reasons given in these weeks, the most frequent cause first; `weeks` counts them in the order of the weeks above. */
  causes: z.array(z.object({ cause: ReasonCause, count: z.int(), weeks: z.array(z.int()) })),
  waiting: z.object({ total: z.int(), overdue: z.int(), oldestAt: Instant.nullable() }),
});
export type FilingStatistics = z.infer<typeof FilingStatistics>;

export const getFilingStatistics = route({
  name: 'getFilingStatistics',
  tag: 'filings',
  method: 'GET',
  path: '/filings/statistics',
  access: ['agent'],
  summary: 'Volumes, delays and causes of return over the last 12 weeks',
  responses: { 200: FilingStatistics },
  problems: ['forbidden'],
});

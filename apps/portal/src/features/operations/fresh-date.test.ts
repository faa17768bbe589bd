import { date } from '@rnoce/schemas/fields';
import { expect, test } from 'vitest';
import { oldestFreshDate } from './fresh-date.ts';

const dayBefore = (isoDate: string) =>
  new Date(Date.parse(`${isoDate}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);

test.each(['2026-11-22', '2026-05-31', '2027-02-28', '2028-02-29', '2026-01-01', '2026-03-31'])(
  'on %s the date that is told is the oldest that the rule takes',
  (today) => {
    const schema = date(
      { operatorType: 'importer', authorities: ['customs'], today, has: () => true, ribCodes: () => [] },
      'fresh',
    );
    const oldest = oldestFreshDate(today);
    expect(schema.safeParse(oldest).success).toBe(true);
    expect(schema.safeParse(dayBefore(oldest)).success).toBe(false);
  },
);

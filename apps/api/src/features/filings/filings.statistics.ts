import {
  type Authority,
  casablancaDate,
  type FilingStatistics,
  type ReasonCause,
  startOfCasablancaDay,
  statisticsWeeks,
} from '@rnoce/schemas';
import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';

const dayMs = 86_400_000;

/** The Mondays of the last weeks in Casablanca, oldest first, this week's last. Exported for its tests. */
export function weeksUntil(now: Date): string[] {
  const today = new Date(`${casablancaDate(now)}T12:00:00Z`);
  const monday = today.getTime() - ((today.getUTCDay() + 6) % 7) * dayMs;
  return Array.from({ length: statisticsWeeks }, (_, index) =>
    new Date(monday - (statisticsWeeks - 1 - index) * 7 * dayMs).toISOString().slice(0, 10),
  );
}

/** The week of these in which an instant falls; by their starts, because PostgreSQL may know other rules for Morocco's clocks. */
function weekOf(at: SQL, weeks: readonly string[]): SQL {
  const starts = weeks.map((week) => startOfCasablancaDay(week).toISOString());
  return sql`(${sql.param(weeks)}::text[])[width_bucket(${at}, ${sql.param(starts)}::timestamptz[])]`;
}
const startOf = (week: string): SQL => sql`${startOfCasablancaDay(week).toISOString()}::timestamptz`;

/** Decisions since an instant, each with the hours since the submission that it answers. */
const decisionsSince = (authority: Authority, since: SQL): SQL => sql`
  select h.at, extract(epoch from h.at - sent.at) / 3600 as hours
  from filing_history h
  join filings f on f.id = h.filing_id and f.authority = ${authority}
  cross join lateral (
    select s.at from filing_history s
    where s.filing_id = h.filing_id and s.at <= h.at and s.event in ('submitted', 'resubmitted')
    order by s.at desc limit 1
  ) sent
  where h.event in ('validated', 'returned') and h.at >= ${since}`;

async function countEvents(executor: Executor, authority: Authority, since: SQL, weeks: readonly string[]) {
  const { rows } = await executor.execute<{
    week: string;
    submitted: number;
    validated: number;
    returned: number;
  }>(sql`
    select ${weekOf(sql`h.at`, weeks)} as week,
      (count(*) filter (where h.event in ('submitted', 'resubmitted')))::int as submitted,
      (count(*) filter (where h.event = 'validated'))::int as validated,
      (count(*) filter (where h.event = 'returned'))::int as returned
    from filing_history h
    join filings f on f.id = h.filing_id and f.authority = ${authority}
    where h.at >= ${since}
    group by 1`);
  return new Map(rows.map((row) => [row.week, row]));
}

async function medianByWeek(executor: Executor, authority: Authority, since: SQL, weeks: readonly string[]) {
  const { rows } = await executor.execute<{ week: string; median: number }>(sql`
    select ${weekOf(sql`at`, weeks)} as week, percentile_cont(0.5) within group (order by hours) as median
    from (${decisionsSince(authority, since)}) decisions group by 1`);
  return new Map(rows.map(({ week, median }) => [week, median]));
}

async function measureDelays(executor: Executor, authority: Authority, now: Date) {
  const since = sql`${now}::timestamptz - interval '90 days'`;
  const { rows } = await executor.execute<{ median: number | null; p90: number | null }>(sql`
    select percentile_cont(0.5) within group (order by hours) as median,
      percentile_cont(0.9) within group (order by hours) as p90
    from (${decisionsSince(authority, since)}) decisions`);
  return rows[0] ?? { median: null, p90: null };
}

async function countCauses(executor: Executor, authority: Authority, since: SQL, weeks: readonly string[]) {
  const { rows } = await executor.execute<{ cause: ReasonCause; week: string; count: number }>(sql`
    select reason ->> 'cause' as cause, ${weekOf(sql`h.at`, weeks)} as week, count(*)::int as count
    from filing_history h
    join filings f on f.id = h.filing_id and f.authority = ${authority}
    cross join lateral jsonb_array_elements(h.reasons) reason
    where h.event = 'returned' and h.at >= ${since}
    group by 1, 2`);
  const causes = [...new Set(rows.map(({ cause }) => cause))].map((cause) => {
    const own = new Map(rows.filter((row) => row.cause === cause).map(({ week, count }) => [week, count]));
    const counts = weeks.map((week) => own.get(week) ?? 0);
    return { cause, weeks: counts, count: counts.reduce((sum, count) => sum + count, 0) };
  });
  return causes.toSorted((one, other) => other.count - one.count || one.cause.localeCompare(other.cause));
}

async function measureWaiting(executor: Executor, authority: Authority, now: Date) {
  const { rows } = await executor.execute<{ total: number; overdue: number; oldest: string | null }>(sql`
    select count(*)::int as total, (count(*) filter (where due_at < ${now}))::int as overdue,
      to_char(min(submitted_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as oldest
    from filings where authority = ${authority} and status = 'in_review'`);
  const [row] = rows;
  return { total: row?.total ?? 0, overdue: row?.overdue ?? 0, oldestAt: row?.oldest ?? null };
}

/** Volumes, delays in hours, causes and waiting of an authority (spec/interface.md, agents' queue). */
export async function getStatistics(
  executor: Executor,
  authority: Authority,
  now: Date,
): Promise<FilingStatistics> {
  const weeks = weeksUntil(now);
  const since = startOf(weeks[0] ?? casablancaDate(now));
  const events = await countEvents(executor, authority, since, weeks);
  const medians = await medianByWeek(executor, authority, since, weeks);
  return {
    weeks: weeks.map((week) => {
      const { submitted = 0, validated = 0, returned = 0 } = events.get(week) ?? {};
      return { week, submitted, validated, returned, medianHours: medians.get(week) ?? null };
    }),
    delayHours: await measureDelays(executor, authority, now),
    causes: await countCauses(executor, authority, since, weeks),
    waiting: await measureWaiting(executor, authority, now),
  };
}

/**
 * The legal time of Morocco: the one table that screens, e-mails and documents read instants by (docs/decisions/010). A change that the
 * government decides is one line here; `casablanca-time.test.ts` compares the table with the zone data of the Node that runs it.
 *
 * Each instant from which an offset from UTC holds, in minutes, the latest first. Before the first one, which is older than any data, it is an hour.
 */
const offsetChanges = [
  ['2026-09-20T01:00Z', 0],
  ['2026-03-22T02:00Z', 60],
  ['2026-02-15T02:00Z', 0],
  ['2025-04-06T02:00Z', 60],
  ['2025-02-23T02:00Z', 0],
  ['2024-04-14T02:00Z', 60],
  ['2024-03-10T02:00Z', 0],
  ['2023-04-23T02:00Z', 60],
  ['2023-03-19T02:00Z', 0],
  ['2022-05-08T02:00Z', 60],
  ['2022-03-27T02:00Z', 0],
  ['2021-05-16T02:00Z', 60],
  ['2021-04-11T02:00Z', 0],
  ['2020-05-31T02:00Z', 60],
  ['2020-04-19T02:00Z', 0],
] as const;

const changes = offsetChanges.map(([from, minutes]) => [Date.parse(from), minutes] as const);
const minuteMs = 60_000;

/** Minutes by which the clocks of Morocco are ahead of UTC at an instant. */
const offsetAt = (instant: number): number => changes.find(([from]) => from <= instant)?.[1] ?? 60;

/** What the clocks of Morocco show at an instant, `2026-11-21T10:42:05`. Throws `RangeError` on an invalid date. */
export const casablancaTime = (at: Date): string =>
  new Date(at.getTime() + offsetAt(at.getTime()) * minuteMs).toISOString().slice(0, 19);

/** The instant's calendar date where the portal lives, Africa/Casablanca (reference/identifiers.md §2). */
export const casablancaDate = (at: Date): string => casablancaTime(at).slice(0, 10);

/** The instant at which a calendar date, `2026-11-21`, begins in Morocco. The clocks never changed at midnight. */
export function startOfCasablancaDay(isoDate: string): Date {
  const midnight = Date.parse(`${isoDate}T00:00Z`);
  return new Date(midnight - offsetAt(midnight) * minuteMs);
}

/**
 * The calendar date `months` months after another, both `YYYY-MM-DD`: the same day of the month, or the month's last one where it has no such day
 * (30 November and three months: 28 February), as time limits in months are counted.
 */
export function addMonths(isoDate: string, months: number): string {
  const [year = 0, month = 1, day = 1] = isoDate.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

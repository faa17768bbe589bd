import type { FilingStatistics } from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { move, sentFiling } from '../../testing/filings.ts';
import { weeksUntil } from './filings.statistics.ts';

let test: TestApp;
let agent: Awaited<ReturnType<typeof signedInAgent>>;
// A Saturday.
const now = new Date('2026-11-21T12:00:00Z');

beforeAll(async () => {
  test = await testApp();
  test.setNow(now);
  agent = await signedInAgent(test);
});

const read = async () => {
  const answer = await test.app.inject({ url: '/api/v1/filings/statistics', headers: agent.headers });
  expect(answer.statusCode).toBe(200);
  return answer.json<FilingStatistics>();
};

describe('weeksUntil', () => {
  // Casablanca was an hour ahead of UTC in November 2025.
  it.each([
    ['2026-11-21T12:00:00Z', '2026-11-16'],
    ['2026-11-22T22:30:00Z', '2026-11-16'],
    ['2025-11-23T23:30:00Z', '2025-11-24'],
    ['2026-11-23T12:00:00Z', '2026-11-23'],
  ])('of %s ends with the week of %s', (at, monday) => {
    const weeks = weeksUntil(new Date(at));
    expect(weeks).toHaveLength(12);
    expect(weeks.at(-1)).toBe(monday);
    expect(new Set(weeks).size).toBe(12);
  });
});

describe('GET /filings/statistics', () => {
  it('has every week and no delay before anything happened', async () => {
    const { weeks, ...rest } = await read();
    expect(weeks.map(({ week }) => week)).toEqual(weeksUntil(now));
    expect(weeks.every((week) => week.submitted + week.validated + week.returned === 0)).toBe(true);
    expect(rest).toEqual({
      delayHours: { median: null, p90: null },
      causes: [],
      waiting: { total: 0, overdue: 0, oldestAt: null },
    });
  });

  it('counts volumes, delays and causes of the own authority', async () => {
    const actor = { kind: 'agent', agentId: agent.agent.id } as const;
    const at = (day: string) => new Date(`2026-${day}:00:00Z`);
    const first = await sentFiling(test, { at: at('11-09T08') });
    await move(test, first.id, { transition: 'validated', actor, at: at('11-09T18') });
    const second = await sentFiling(test, { at: at('11-10T08') });
    await move(test, second.id, {
      transition: 'returned',
      actor,
      reasons: [
        { about: { document: 'ice' }, cause: 'illegible', text: '' },
        { about: { document: 'identity' }, cause: 'illegible', text: '' },
        { cause: 'other', text: 'À compléter' },
      ],
      at: at('11-11T08'),
    });
    await sentFiling(test, { at: at('11-12T08') });
    await sentFiling(test, { at: at('11-20T08') });
    const portnet = await sentFiling(test, { authority: 'portnet', at: at('11-02T08') });
    await move(test, portnet.id, { transition: 'validated', actor, at: at('11-20T08') });
    const { weeks, delayHours, causes, waiting } = await read();
    expect(weeks.slice(-2)).toEqual([
      { week: '2026-11-09', submitted: 3, validated: 1, returned: 1, medianHours: 17 },
      { week: '2026-11-16', submitted: 1, validated: 0, returned: 0, medianHours: null },
    ]);
    expect(delayHours.median).toBe(17);
    expect(delayHours.p90).toBeCloseTo(22.6);
    expect(causes.map(({ cause, count, weeks: counts }) => [cause, count, counts.slice(-2)])).toEqual([
      ['illegible', 2, [2, 0]],
      ['other', 1, [1, 0]],
    ]);
    expect(waiting).toEqual({ total: 2, overdue: 1, oldestAt: '2026-11-12T08:00:00.000Z' });
  });
});

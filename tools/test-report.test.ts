import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCounts, summary } from './test-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'rnoce-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('reads what Vitest and Playwright report', () => {
  expect(
    readCounts(report({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 })),
  ).toEqual({
    passed: 7,
    failed: 2,
    skipped: 2,
    failures: [],
    unsteady: [],
  });
  expect(readCounts(report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 } }))).toEqual({
    passed: 6,
    failed: 1,
    skipped: 3,
    failures: [],
    unsteady: [],
  });
  expect(readCounts(join(folder, 'absent.json'))).toBeUndefined();
});

test('the last line is the sum, and a failed step without a failed test counts for one', () => {
  const text = summary(
    [
      { name: 'lint', ok: false, seconds: 1 },
      {
        name: 'unit',
        ok: true,
        seconds: 2,
        counts: { passed: 10, failed: 0, skipped: 0, failures: [], unsteady: [] },
      },
      {
        name: 'api',
        ok: false,
        seconds: 3,
        counts: {
          passed: 20,
          failed: 3,
          skipped: 0,
          failures: ['a.test.ts › adds'],
          unsteady: ['b.test.ts › waits'],
        },
      },
    ],
    ['e2e'],
  );
  expect(text.split('\n').at(-1)).toBe('30 passed, 4 failed');
  expect(text).toContain('not run');
  expect(text.split('\n')[0]).toBe('a.test.ts › adds');
  expect(text).toContain('Passed at the second try only:\nb.test.ts › waits');
});

test('each failed test is told by its name and its reason, and a file that could not load by its own', () => {
  const vitest = readCounts(
    report({
      numFailedTests: 1,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'sums adds' },
            {
              status: 'failed',
              fullName: 'sums subtracts',
              failureMessages: ['\u001B[31mexpected 1\u001B[39m\nat a.ts'],
            },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    }),
  );
  expect(vitest?.failures).toEqual([
    'a.test.ts › sums subtracts\n    expected 1\n    at a.ts',
    'b.test.ts\n    no such module',
  ]);
  const failed = {
    file: 'c.spec.ts',
    title: 'pays',
    tests: [{ status: 'unexpected', results: [{ errors: [{ message: 'too late' }] }] }],
  };
  const unsteady = {
    file: 'c.spec.ts',
    title: 'waits',
    tests: [{ status: 'flaky', results: [{ errors: [{ message: 'too soon' }] }, { errors: [] }] }],
  };
  const sound = { title: 'reads', tests: [{ status: 'expected', results: [{ errors: [] }] }] };
  const playwright = readCounts(
    report({
      stats: { unexpected: 1 },
      suites: [{ title: 'c.spec.ts', suites: [{ title: 'in fr', specs: [failed, unsteady, sound] }] }],
    }),
  );
  expect(playwright?.failures).toEqual(['c.spec.ts › in fr › pays\n    too late']);
  expect(playwright?.unsteady).toEqual(['c.spec.ts › in fr › waits\n    too soon']);
});

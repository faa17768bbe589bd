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
  });
  expect(readCounts(report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 } }))).toEqual({
    passed: 6,
    failed: 1,
    skipped: 3,
  });
  expect(readCounts(join(folder, 'absent.json'))).toBeUndefined();
});

test('the last line is the sum, and a failed step without a failed test counts for one', () => {
  const text = summary(
    [
      { name: 'lint', ok: false, seconds: 1 },
      { name: 'unit', ok: true, seconds: 2, counts: { passed: 10, failed: 0, skipped: 0 } },
      { name: 'api', ok: false, seconds: 3, counts: { passed: 20, failed: 3, skipped: 0 } },
    ],
    ['e2e'],
  );
  expect(text.split('\n').at(-1)).toBe('30 passed, 4 failed');
  expect(text).toContain('not run');
});

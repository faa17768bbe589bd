import { readFileSync } from 'node:fs';

/** What one step did; `counts` when it ran tests which it could report. */
export type StepResult = {
  name: string;
  ok: boolean;
  seconds: number;
  counts?: TestCounts;
};

export type TestCounts = { passed: number; failed: number; skipped: number };

/** Reads the JSON report of Vitest or of Playwright; undefined when the run ended before writing one. */
export function readCounts(file: string): TestCounts | undefined {
  let report: Record<string, unknown>;
  try {
    report = asRecord(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
  if ('stats' in report) {
    const stats = asRecord(report.stats);
    return {
      passed: count(stats.expected) + count(stats.flaky),
      failed: count(stats.unexpected),
      skipped: count(stats.skipped),
    };
  }
  return {
    passed: count(report.numPassedTests),
    failed: count(report.numFailedTests),
    skipped: count(report.numPendingTests) + count(report.numTodoTests),
  };
}

/** The table of all steps, then the line `N passed, N failed`, which is always the last. */
export function summary(results: StepResult[], notRun: string[]): string {
  const width = Math.max(...[...results.map((result) => result.name), ...notRun].map((name) => name.length));
  const lines = results.map(({ name, ok, seconds, counts }) => {
    const tests = counts ? `${counts.passed} passed, ${counts.failed} failed${skippedPart(counts)}` : '';
    return `  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${ok ? 'pass' : 'FAIL'}  ${tests}`.trimEnd();
  });
  const skipped = notRun.map((name) => `  ${name.padEnd(width)}       – s  not run`);
  const { passed, failed } = total(results);
  return ['', ...lines, ...skipped, '', `${passed} passed, ${failed} failed`].join('\n');
}

/** A step which failed without a failed test (lint, a suite that cannot load) counts for one. */
export function total(results: StepResult[]): { passed: number; failed: number } {
  let passed = 0;
  let failed = 0;
  for (const { ok, counts } of results) {
    passed += counts?.passed ?? 0;
    failed += ok ? 0 : Math.max(1, counts?.failed ?? 0);
  }
  return { passed, failed };
}

function skippedPart({ skipped }: TestCounts): string {
  return skipped > 0 ? `, ${skipped} skipped` : '';
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

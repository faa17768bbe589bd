import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** How much of an error the last page tells; the whole of it stands in the step's own output. */
const REASON_LINES = 12;

/** What one step did; `counts` when it ran tests which it could report. */
export type StepResult = {
  name: string;
  ok: boolean;
  seconds: number;
  counts?: TestCounts;
};

export type TestCounts = {
  passed: number;
  failed: number;
  skipped: number;
  /** Each failed test: its file and name, then the first lines of why. */
  failures: string[];
  /** Each test that passed at its second try alone, told as a failed one is: there is a race to find. */
  unsteady: string[];
};

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
      failures: list(report.suites).flatMap((suite) => specsOfSuite(suite, 'unexpected')),
      unsteady: list(report.suites).flatMap((suite) => specsOfSuite(suite, 'flaky')),
    };
  }
  return {
    passed: count(report.numPassedTests),
    failed: count(report.numFailedTests),
    skipped: count(report.numPendingTests) + count(report.numTodoTests),
    failures: list(report.testResults).flatMap(failuresOfFile),
    unsteady: [],
  };
}

/** Vitest's report of a file, which may itself have failed before any of its tests. */
function failuresOfFile(file: Record<string, unknown>): string[] {
  const tests = list(file.assertionResults).filter(({ status }) => status === 'failed');
  if (tests.length === 0) return file.status === 'failed' ? [failure([file.name], file.message)] : [];
  return tests.map(({ fullName, failureMessages }) =>
    failure([file.name, fullName], Array.isArray(failureMessages) ? failureMessages.join('\n') : ''),
  );
}

/** Playwright's report of a file or of a `describe`, which holds others: its specs that ended so, and their errors. */
function specsOfSuite(suite: Record<string, unknown>, ended: 'unexpected' | 'flaky'): string[] {
  const own = list(suite.specs)
    .filter(({ tests }) => list(tests).some(({ status }) => status === ended))
    .map((spec) => {
      const errors = list(spec.tests)
        .flatMap(({ results }) => list(results))
        .flatMap((result) => list(result.errors));
      return failure([spec.file, suite.title, spec.title], errors.map(({ message }) => message).join('\n'));
    });
  return [...own, ...list(suite.suites).flatMap((inner) => specsOfSuite(inner, ended))];
}

function failure(names: unknown[], reason: unknown): string {
  const lines = stripVTControlCharacters(typeof reason === 'string' ? reason : '').split('\n');
  return [names.join(' › '), ...lines.slice(0, REASON_LINES).map((line) => `    ${line}`)].join('\n');
}

/** What failed and why, the table of all steps, then the line `N passed, N failed`, which is always the last. */
export function summary(results: StepResult[], notRun: string[]): string {
  const width = Math.max(...[...results.map((result) => result.name), ...notRun].map((name) => name.length));
  const lines = results.map(({ name, ok, seconds, counts }) => {
    const tests = counts ? `${counts.passed} passed, ${counts.failed} failed${skippedPart(counts)}` : '';
    return `  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${ok ? 'pass' : 'FAIL'}  ${tests}`.trimEnd();
  });
  const skipped = notRun.map((name) => `  ${name.padEnd(width)}       – s  not run`);
  const { passed, failed } = total(results);
  const failures = results.flatMap(({ counts }) => counts?.failures ?? []);
  const unsteady = results.flatMap(({ counts }) => counts?.unsteady ?? []);
  const second = unsteady.length > 0 ? ['', 'Passed at the second try only:', ...unsteady] : [];
  return [...failures, ...second, '', ...lines, ...skipped, '', `${passed} passed, ${failed} failed`].join(
    '\n',
  );
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

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(asRecord) : [];
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

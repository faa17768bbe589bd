import { defineConfig } from 'vitest/config';
import SlowFirst from './tools/slow-first.ts';

const NOT_TESTS = ['**/node_modules/**', '**/dist/**'];
/** What needs PostgreSQL, or the sandbox over HTTP. */
const SERVER_TESTS = ['apps/api/src/**/*.test.ts', 'apps/sandbox/src/**/*.test.ts'];

export default defineConfig({
  test: {
    // A test which prints an error without expecting it is a failing test nobody looked at.
    reporters: ['default'],
    // One more than the cores of a small machine: much of the time is spent waiting for processes and databases.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'apps/{portal,payment,backoffice}/src/**/*.test.{ts,tsx}',
          ],
          exclude: NOT_TESTS,
          // As below: what the files read again each for itself took three quarters of the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'api',
          include: SERVER_TESTS,
          exclude: NOT_TESTS,
          globalSetup: ['tools/test-database.ts', 'apps/api/src/testing/built-processes.ts'],
          setupFiles: ['apps/api/src/testing/each-file.ts'],
          pool: 'forks',
          // A process serves many files: reading the whole API again for each took a fifth of the time. No test changes a module.
          isolate: false,
          restoreMocks: true,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'house', include: ['tools/**/*.test.ts'], exclude: NOT_TESTS, testTimeout: 60_000 } },
    ],
  },
});

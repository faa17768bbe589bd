import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { browserLaunchOptions } from './fixtures/browser.ts';

const here = import.meta.dirname;

export default defineConfig({
  testDir: join(here, 'tests'),
  testMatch: '**/*.spec.ts',
  projects: [
    { name: 'journeys', testIgnore: '**/restarts/**' },
    // They kill processes under the feet of whoever else is there: last, and one at a time.
    {
      name: 'restarts',
      testMatch: '**/restarts/**/*.spec.ts',
      dependencies: ['journeys'],
      fullyParallel: false,
      workers: 1,
    },
  ],
  outputDir: join(here, 'test-results', 'tests'),
  globalSetup: join(here, 'fixtures', 'site.ts'),
  fullyParallel: true,
  forbidOnly: true,
  // Nobody watches a run of CI: one unlucky moment of a shared machine doesn't end it, and is told at its end.
  retries: process.env.CI ? 1 : 0,
  workers: 3,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.E2E_REPORT ?? join(here, 'test-results', 'report.json') }],
  ],
  use: {
    launchOptions: await browserLaunchOptions(),
    locale: 'fr-MA',
    timezoneId: 'Africa/Casablanca',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    // Recording costs a quarter of the time of each test.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
});

import { basename } from 'node:path';
import type { Locale } from '@rnoce/i18n';
import { type Application, budgets, firstLoad } from '../../../bench/sizes.ts';
import { expect, test } from '../../fixtures/test.ts';

const fonts = /\.woff2$/;

const cases: readonly (readonly [Application, Locale])[] = [
  ['portal', 'fr'],
  ['portal', 'ar'],
  ['portal', 'en'],
  ['backoffice', 'fr'],
  ['backoffice', 'ar'],
  ['payment', 'fr'],
  ['payment', 'ar'],
];

/** In order; a Chromium that has no window asks for no icon. */
const withoutIcon = (files: readonly string[]): string[] =>
  files.filter((file) => file !== 'favicon.svg').toSorted();

for (const [application, language] of cases) {
  test.describe(`${application} in ${language}`, () => {
    // Chromium asks for Brotli too, which is smaller; the budget is for those who have gzip alone.
    test.use({ language, extraHTTPHeaders: { 'accept-encoding': 'gzip' } });

    test('the first load keeps to its budget, and nothing is asked for late', async ({ page }) => {
      const { address, firstLoad: limit } = budgets[application];
      const loaded: { file: string; fromBuild: boolean; size: Promise<number> }[] = [];
      page.on('requestfinished', (request) => {
        const { pathname } = new URL(request.url());
        const name = basename(pathname);
        if (fonts.test(name)) return;
        loaded.push({
          file: request.isNavigationRequest() ? 'index.html' : name,
          // What the API says holds nothing up: it only weighs.
          fromBuild: !pathname.startsWith('/api/'),
          size: request.sizes().then(({ responseBodySize }) => responseBodySize),
        });
      });
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      // What comes by itself after the first screen would still be its load.
      await page.waitForLoadState('networkidle');

      const files = loaded.filter(({ fromBuild }) => fromBuild).map(({ file }) => file);
      expect(withoutIcon(files), 'what the build says that the first load is').toEqual(
        withoutIcon(firstLoad(application, language)?.files ?? []),
      );
      const bytes = await Promise.all(loaded.map(({ size }) => size));
      const kib = bytes.reduce((sum, size) => sum + size, 0) / 1024;
      expect(kib, `KiB of ${address}`).toBeLessThanOrEqual(limit);
      // Well under the budget, the measure itself would be wrong.
      expect(kib).toBeGreaterThan(limit / 2);
    });
  });
}

import { locales } from '@rnoce/i18n';
import { demoIntegrators } from '../../../apps/api/src/demo/demo-integrators.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

for (const locale of locales) {
  test.describe(`in ${locale}`, () => {
    test.use({ language: locale });

    test('the page of a problem says what it means and what to do, and leads to all of them', async ({
      page,
      t,
    }) => {
      await page.goto('/api/docs/problems/idempotency_key_reused');
      const title = t('errors:problem.idempotency_key_reused.title');
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(page.getByText(t('errors:problem.idempotency_key_reused.detail')).first()).toBeVisible();
      await expect(page.getByRole('heading', { name: t('landing:problems.todo') })).toBeVisible();
      await page.locator('summary').click();
      await expect(page.getByText('POST /api/v1/invoices/import')).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('link', { name: t('landing:problems.all') }).click();
      await expect(page.getByRole('heading', { level: 1, name: t('landing:problems.title') })).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test('an operation is tried with a key that is typed into the documentation, and goes nowhere else', async ({
  page,
  site,
}) => {
  const key = demoIntegrators.find(({ role }) => role === 'issuer')?.key ?? '';
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(site.siteUrl).origin) elsewhere.push(request.url());
  });
  await page.goto('/api/docs#tag/payments/GET/payments');
  await page.getByPlaceholder('Token').first().fill(key);
  await page.getByRole('button', { name: /Test Request.*get \/payments\b/i }).click();
  const answered = page.waitForResponse((answer) => answer.url().includes('/api/v1/payments'));
  await page.getByRole('button', { name: /^Send get request/i }).click();
  expect((await answered).status()).toBe(200);
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
  expect(kept).not.toContain(key);
  expect(elsewhere).toEqual([]);
});

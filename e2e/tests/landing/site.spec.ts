import { locales } from '@rnoce/i18n';
import { wordsOf } from '../../fixtures/messages.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

for (const locale of locales) {
  test.describe(`in ${locale}`, () => {
    test.use({ language: locale });

    test('the landing page opens the three doors', async ({ page, t }) => {
      await page.goto('/');
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.locator('html')).toHaveAttribute('dir', locale === 'ar' ? 'rtl' : 'ltr');
      await expect(page.getByText(t('landing:intro.sentence'))).toBeVisible();
      await expectAccessible(page);
      const doors = {
        'landing:portal.action': t('portal:sign-in.title'),
        'landing:payment.action': t('payment:search.title'),
        'landing:agents.action': t('backoffice:sign-in.title'),
      } as const;
      for (const [door, title] of Object.entries(doors)) {
        await page.getByRole('link', { name: t(door as keyof typeof doors) }).click();
        await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
        await page.goBack();
        await expect(page.getByText(t('landing:intro.sentence'))).toBeVisible();
      }
    });
  });
}

test('the language chosen on the landing page goes on through the doors', async ({ page }) => {
  const arabic = wordsOf('ar');
  await page.goto('/');
  await page.getByRole('link', { name: 'العربية' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await page.getByRole('link', { name: arabic('landing:portal.action') }).click();
  await expect(page.getByRole('heading', { level: 1, name: arabic('portal:sign-in.title') })).toBeVisible();
});

test('an address that does not exist says so, outside and inside the applications', async ({
  page,
  portal,
  t,
  operator,
}) => {
  const answer = await page.goto('/nulle-part');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1, name: t('landing:missing.title') })).toBeVisible();
  await expectAccessible(page);
  await portal.open('/nulle-part');
  await expect(portal.heading(t('shell:not-found.title'))).toBeVisible();
  await expectAccessible(page);
  await page.goto('/agents/nulle-part');
  await expect(page.getByRole('heading', { level: 1, name: t('shell:not-found.title') })).toBeVisible();
  await expectAccessible(page);
  // Somebody else's request, or one that never was: the same words.
  await portal.signIn(operator);
  await portal.open('/demandes/01a2001d-ec74-7af5-be21-8e5e73537a9d');
  await expect(page.getByText(t('portal:summary.unknown-detail'))).toBeVisible();
  await expectAccessible(page);
});

test('a journey asks nothing of another site, and every page carries the safe headers', async ({
  page,
  portal,
  wizard,
  site,
  drafts,
  operator,
}) => {
  const { origin } = new URL(site.siteUrl);
  const strangers: string[] = [];
  const bare: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) strangers.push(request.url());
  });
  page.on('response', (response) => {
    const headers = response.headers();
    const isPage = response.request().resourceType() === 'document';
    const csp = headers['content-security-policy'] ?? '';
    const unsafe = /script-src[^;]*'unsafe-(inline|eval)'/.test(csp);
    if (headers['x-content-type-options'] !== 'nosniff' || (isPage && (csp === '' || unsafe)))
      bare.push(`${response.url()}: ${csp}`);
  });
  await page.goto('/');
  await page.goto('/paiement/');
  await page.goto('/agents/');
  await portal.open('/inscription');
  await portal.signIn(operator);
  const { id } = await drafts.complete(newCompany(), operator.email);
  await portal.open(`/demandes/${id}/societe`);
  await wizard.goOn('managers');
  await wizard.goOn('documents');
  await wizard.goOn('review');
  await wizard.submit();
  expect(strangers, 'requests to another site').toEqual([]);
  expect(bare, 'answers without their safe headers').toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';

test('an issuer: created, renamed, suspended and restored, and who did it', async ({ signedInDesk, t }) => {
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  await page.getByRole('link', { name: t('desk:navigation.administration') }).click();
  await page.getByRole('link', { name: t('administration:nav.issuers') }).click();
  await expect(desk.heading(t('administration:issuers.title'))).toBeFocused();
  await expect(page.getByRole('row').filter({ hasText: 'PORTNET' })).toBeVisible();
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  await page.getByRole('link', { name: t('administration:issuers.new') }).click();

  await expect(desk.heading(t('administration:new-issuer.title'))).toBeFocused();
  const code = desk.field(t('administration:issuer.code'));
  const name = desk.field(t('administration:issuer.name'));
  const create = desk.button(t('administration:new-issuer.action'));
  await code.fill('Bureau Véritas');
  await create.click();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(2);
  await expect(page.getByText(t('administration:issuer.code-rule')).first()).toBeVisible();
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  // Somebody else's code: told in words, and nothing typed is lost.
  await code.fill('portnet');
  await name.fill('Bureau Veritas Maroc');
  await create.click();
  await expect(page.getByText(t('errors:problem.issuer_exists.detail'))).toBeVisible();
  await expect(name).toHaveValue('Bureau Veritas Maroc');
  const own = `bv-${randomUUID().slice(0, 8)}`;
  await code.fill(own);
  await create.click();

  await expect(desk.heading('Bureau Veritas Maroc')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/administration/emetteurs/${own.toUpperCase()}$`));
  await expect(page.getByText(t('administration:issuer.no-integrator'))).toBeVisible();
  await desk.button(t('administration:issuer.change')).click();
  const form = page.getByRole('dialog', { name: t('administration:issuer.change-title') });
  await desk.field(t('administration:issuer.name'), form).fill('Bureau Veritas');
  await desk.button(t('common:action.save'), form).click();
  await expect(form).toBeHidden();
  await expect(desk.heading('Bureau Veritas')).toBeVisible();

  await desk.button(t('administration:issuer.suspend')).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(t('administration:issuer.suspend-payable'))).toBeVisible();
  await expectAccessible(page);
  await desk.button(t('administration:issuer.suspend'), dialog).click();
  await expect(page.getByText(t('administration:issuer.suspended-detail'))).toBeVisible();
  await desk.button(t('administration:issuer.restore')).click();
  await expect(page.getByText(t('administration:issuer.suspended-detail'))).toBeHidden();

  const history = page.getByRole('region', { name: t('administration:history.title') });
  const entries = history.getByRole('list').getByRole('listitem');
  await expect(entries).toHaveCount(4);
  await expect(entries.nth(0)).toContainText(t('administration:history.act.issuer_restored'));
  await expect(entries.nth(1)).toContainText(t('administration:history.act.issuer_suspended'));
  await expect(entries.nth(2)).toContainText(t('administration:history.act.issuer_changed'));
  await expect(entries.nth(2)).toContainText('Bureau Veritas Maroc');
  await expect(entries.nth(3)).toContainText(t('administration:history.act.issuer_created'));
  await expect(entries.nth(3)).toContainText('Driss Bennani');
  await expectAccessible(page);
  await expectAccessibleInArabic(page);

  await page.getByRole('link', { name: t('administration:issuer.back') }).click();
  await page.getByRole('searchbox', { name: t('administration:issuers.search') }).fill(own);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: t('administration:issuers.suspended') }).click();
  await expect(page.getByText(t('administration:issuers.nothing'))).toBeVisible();
});

test('an issuer leads to its integrators; one that nobody knows says so', async ({ signedInDesk, t }) => {
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  await page.goto('/agents/administration/emetteurs/PORTNET');
  const integrators = page.getByRole('definition').getByRole('link');
  await integrators.click();
  await expect(desk.heading(t('integrators:list.title'))).toBeFocused();
  await expect(page).toHaveURL(/kind=issuer&q=PORTNET$/);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.goto('/agents/administration/emetteurs/PERSONNE');
  await expect(page.getByText(t('administration:issuer.unknown'))).toBeVisible();
  await expectAccessible(page);
});

test.describe('on a phone, in Arabic', () => {
  test.use({ language: 'ar' });

  test('the lists and a page of each', async ({ signedInDesk, t }) => {
    const desk = await signedInDesk('Driss Bennani', 'administrator');
    const { page } = desk;
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto('/agents/administration');
    await expect(desk.heading(t('administration:agents.title'))).toBeVisible();
    await expect(page.getByRole('row').first()).toBeVisible();
    await expectAccessible(page);
    await page.goto('/agents/administration/agents/nouveau');
    await expect(desk.heading(t('administration:invite.title'))).toBeVisible();
    await expectAccessible(page);
    await page.goto('/agents/administration/emetteurs');
    await expect(page.getByRole('row').first()).toBeVisible();
    await expectAccessible(page);
    await page.goto('/agents/administration/emetteurs/PORTNET');
    await expect(page.getByText(t('administration:history.empty'))).toBeVisible();
    await expectAccessible(page);
  });
});

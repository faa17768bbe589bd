import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test.use({ language: 'en' });

test('a request is sent in English, and the language of the screens can be changed at any moment', async ({
  page,
  portal,
  wizard,
  t,
  sandbox,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const { id } = await drafts.complete(company, operator.email);
  await portal.open(`/demandes/${id}/societe`);
  await wizard.expectStep('company');
  await expectAccessible(page);
  await wizard.companyField('tradeName').fill('Typed in English');
  await page.getByRole('button', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(portal.heading('Informations sur la société')).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(wizard.companyField('tradeName')).toHaveValue('Typed in English');
  await wizard.goOn('managers');
  await wizard.goOn('documents');
  await wizard.goOn('review');
  await wizard.submit();
  await sandbox.inbox.lastMailTo(operator.email, { subject: t('emails:subscription_received.subject') });
});

import { makeOperator } from '../../fixtures/accounts.ts';
import { makeCustomsAccount } from '../../fixtures/customs-accounts.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('an attached account shows by a code sent to customs’ address that it acts for the operator; then its operations open', async ({
  page,
  portal,
  screens,
  t,
  site,
  sandbox,
  database,
}) => {
  const company = newCompany();
  const operator = await makeOperator({ site, database }, { locale: 'fr' });
  await makeCustomsAccount({ database, sandbox }, operator, company, { attached: true });
  await portal.signIn(operator);
  await portal.open('/demandes');
  await expect(page.getByText(t('operations:control.title'))).toBeVisible();
  await expect(screens.card('cancellation')).toContainText(t('operations:account.confirm-first'));
  await expect(screens.entry('cancellation')).toBeHidden();
  await expectAccessible(page);
  await portal.button(t('portal:registry-code.send')).click();
  const code = portal.field(t('portal:registry-code.code'));
  await code.fill('000000');
  await portal.button(t('operations:control.confirm')).click();
  await expect(code).toHaveAccessibleDescription(new RegExp(t('errors:problem.registry_code_wrong.detail')));
  await expectAccessible(page);
  const mail = await sandbox.inbox.lastMailTo(company.email);
  await code.fill(/\b\d{6}\b/.exec(mail.text)?.[0] ?? '');
  await portal.button(t('operations:control.confirm')).click();
  await expect(screens.entry('cancellation')).toBeVisible();
  await expect(screens.entry('update')).toBeVisible();
  await expect(page.getByText(t('operations:control.title'))).toBeHidden();
  await expectAccessible(page);
});

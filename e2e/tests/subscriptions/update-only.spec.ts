import { makeOperator } from '../../fixtures/accounts.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('« uniquement … modification de vos données »: an operator whom BADR does not know can’t go on', async ({
  page,
  portal,
  wizard,
  t,
  database,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  await wizard.chooseCustoms({ updateOnly: true });
  await expect(portal.field(t('reference:former-identifiers.ice'))).toBeVisible();
  await expect(portal.field(t('reference:former-identifiers.taxId'))).toBeVisible();
  await expect(portal.field(t('reference:former-identifiers.rcNumber'))).toBeVisible();
  await expectAccessible(page);
  await wizard.verify(company, { updateOnly: true });
  await expect(portal.summary()).toContainText(t('errors:problem.operator_unknown_to_customs.detail'));
  await expect(
    page.getByText(t('subscriptions:verification.way-on.operator_unknown_to_customs')),
  ).toBeVisible();
  await expectAccessible(page);
  // What was typed stays, to be corrected.
  await expect(portal.field(t('reference:former-identifiers.ice'))).toHaveValue(company.ice);
  const { rows } = await database.query('select 1 from subscriptions where account_id = $1', [
    operator.accountId,
  ]);
  expect(rows).toEqual([]);
});

test('other identifiers than those that BADR holds are told at their fields; the right ones attach the account', async ({
  page,
  portal,
  wizard,
  t,
  sandbox,
  site,
  database,
  drafts,
}) => {
  const company = newCompany();
  await sandbox.registerCompany(company);
  const operator = await makeOperator({ site, database }, { locale: 'fr', email: company.email });
  await portal.signIn(operator);
  await wizard.chooseCustoms({ updateOnly: true });
  await wizard.verify({ ...company, taxId: '1111111' }, { updateOnly: true });
  const taxId = portal.field(t('reference:former-identifiers.taxId'));
  await expect(taxId).toHaveAccessibleDescription(t('errors:field.differs_from_registry'));
  await taxId.fill(company.taxId);
  await portal.button(t('common:action.next')).click();
  await expect(page.getByText(t('subscriptions:outcome.registered'))).toBeVisible();
  const id = await wizard.enter();
  await drafts.fill(id, company);
  await page.reload();
  await wizard.goTo('documents');
  await wizard.uploadDocuments(company);
  await wizard.goOn('review');
  const code = await wizard.submit(t('wizard:sent.attached-title'));

  const { rows } = await database.query(
    'select status, attached, validated_at from filings where subscription_id = $1',
    [id],
  );
  expect(rows).toEqual([{ status: 'validated', attached: true, validated_at: null }]);
  await portal.link(t('wizard:sent.list')).click();
  const card = portal.filing();
  await expect(card).toContainText(code);
  await expect(card).toContainText(t('reference:filing-status.validated'));
  await expect(card).toContainText(t('subscriptions:timeline.attached'));
});

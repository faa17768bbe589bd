import { makeOperator } from '../../fixtures/accounts.ts';
import { Desk } from '../../fixtures/agents.ts';
import { makeCustomsAccount } from '../../fixtures/customs-accounts.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('an agent confirms, on evidence that they saw, that an attached account acts for its company; then its operations open', async ({
  portal,
  screens,
  otherBrowser,
  newAgent,
  t,
  site,
  sandbox,
  database,
}) => {
  const company = newCompany();
  const operator = await makeOperator({ site, database }, { locale: 'fr' });
  await makeCustomsAccount({ database, sandbox }, operator, company, { attached: true });
  const { rows } = await database.query(
    'select f.id, s.code from filings f join subscriptions s on s.id = f.subscription_id where f.account_id = $1',
    [operator.accountId],
  );
  const [{ id, code }] = rows;

  const desk = new Desk((await otherBrowser()).page, t);
  await desk.signIn(await newAgent({ name: 'Nadia El Fassi' }));
  await desk.open({ code, legalName: company.legalName });
  await expect(desk.page.getByText(t('desk:control.unproven'))).toBeVisible();
  await expectAccessible(desk.page);
  await desk.button(t('desk:control.confirm')).click();
  const dialog = desk.page.getByRole('dialog', { name: t('desk:control.confirm') });
  await expect(dialog).toContainText(operator.email);
  await desk.button(t('desk:control.confirm'), dialog).click();
  await expect(desk.field(t('desk:control.note'), dialog)).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(desk.page);
  const note = 'Modèle J et CIN du gérant vus au bureau.';
  await desk.field(t('desk:control.note'), dialog).fill(note);
  await desk.button(t('desk:control.confirm'), dialog).click();
  await expect(desk.page.getByText(t('desk:control.agent'), { exact: true })).toBeVisible();
  await expect(dialog).toBeHidden();
  const line = desk.page
    .getByRole('listitem')
    .filter({ hasText: t('reference:filing-event.control_confirmed') });
  await expect(line).toContainText('Nadia El Fassi');
  await expect(line).toContainText(note);
  await expectAccessible(desk.page);

  const proven = await database.query(
    `select f.control_proven_at is not null and s.registry_confirmed_at is not null as proven
     from filings f join subscriptions s on s.id = f.subscription_id where f.id = $1`,
    [id],
  );
  expect(proven.rows).toEqual([{ proven: true }]);
  const mail = await sandbox.inbox.lastMailTo(operator.email);
  expect(mail.subject).toContain(t('emails:control_confirmed.subject'));
  await portal.signIn(operator);
  await portal.open('/demandes');
  await expect(screens.entry('update')).toBeVisible();
});

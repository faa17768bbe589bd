import { formatDate } from '@rnoce/i18n';
import { makeOperator } from '../../fixtures/accounts.ts';
import { freshDate, makeCustomsAccount } from '../../fixtures/customs-accounts.ts';
import { openOperation } from '../../fixtures/operation-screens.ts';
import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('an update is accepted with one change left out; BADR makes the other', async ({
  page,
  portal,
  screens,
  wizard,
  signedInDesk,
  t,
  sandbox,
  database,
  operator,
}) => {
  test.slow();
  const company = newCompany();
  await makeCustomsAccount({ database, sandbox }, operator, company);
  await portal.signIn(operator);
  await screens.begin('update');
  await expectAccessible(page);
  const tradeName = t('reference:company.tradeName');
  await expect(portal.field(t('reference:company.ice'))).toHaveValue(company.ice);
  await portal.field(tradeName).fill('Comptoir des Deux Mers');
  await portal.field(t('reference:company.phone')).fill('0522 47 01 02');
  await expect(page.getByText(t('operations:change.count', { count: 2 }))).toBeVisible();
  // What is missing is said, and leads there.
  await screens.sendButton('update').press('Enter');
  await expect(page.getByText(t('operations:missing', { count: 2 }))).toBeVisible();
  await expectAccessible(page);
  await screens.field('tradeRegisterDate').fill(formatDate(freshDate()));
  await wizard.chooseFile('trade_register', await soundPdf('trade_register'));
  await wizard.expectGiven('trade_register', 'trade_register.pdf');
  const dialog = await screens.beginSending('update');
  await expect(dialog).toContainText(tradeName);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(screens.sendButton('update')).toBeFocused();
  await screens.send('update');
  await expectAccessible(page);
  await portal.open('/demandes');
  await expect(screens.card('update')).toContainText(t('reference:operation-status.in_review'));
  await expect(screens.card('update')).toContainText(t('reference:operation-refusal.update_pending'));
  await expectAccessible(page);

  const { rows } = await database.query('select reference from customs_requests where account_id = $1', [
    operator.accountId,
  ]);
  const desk = await signedInDesk();
  await openOperation(desk, { reference: rows[0].reference, legalName: company.legalName, type: 'update' });
  await expectAccessible(desk.page);
  const row = desk.page.getByRole('row').filter({ hasText: 'Comptoir des Deux Mers' });
  await expect(row).toContainText(company.tradeName);
  await desk.refuse('company.tradeName', tradeName, t('reference:cause.mismatch'), 'Voir le modèle J.');
  const [accepting, title] = [
    t('operations-desk:decision.accept-rest', { count: 1, total: 2 }),
    t('operations-desk:decision.title.update'),
  ];
  // Given up by the keyboard, it leaves the agent where they were.
  const givenUp = await desk.beginDecision(accepting, title);
  await desk.page.keyboard.press('Escape');
  await expect(givenUp).toBeHidden();
  await expect(desk.button(accepting)).toBeFocused();
  const decision = await desk.beginDecision(accepting, title);
  await expect(decision).toContainText('Voir le modèle J.');
  await expect(desk.button(t('operations-desk:decision.confirm.accept'), decision)).toBeInViewport({
    ratio: 1,
  });
  await expectAccessible(desk.page);
  await desk.confirmDecision(decision, t('operations-desk:decision.confirm.accept'));

  const mail = await sandbox.inbox.lastMailTo(operator.email, {
    subject: t('emails:customs_request_accepted.subject'),
  });
  expect(mail.text).toContain('Voir le modèle J.');
  await expect
    .poll(async () => (await sandbox.companyOf(company.ice)).phone, { timeout: 20_000 })
    .toBe('+212522470102');
  expect((await sandbox.companyOf(company.ice)).tradeName).toBe(company.tradeName);
  expect(await sandbox.operationsOf(company.ice)).toHaveLength(1);
  await portal.open('/demandes');
  await expect(screens.card('update')).toContainText(t('reference:operation-status.accepted'));
  await expect(screens.card('update')).toContainText(t('reference:operation-effect.applied'));
  await expect(screens.card('update')).toContainText('Voir le modèle J.');
  await expect(screens.entry('update')).toBeVisible();
  await screens
    .card('update')
    .getByRole('link', { name: t('operations:account.see') })
    .click();
  await expect(portal.heading(t('reference:operation-type.update'))).toBeVisible();
  await expect(page.getByText(t('operations:outcome.left-out'))).toBeVisible();
  await expectAccessible(page);
});

test('customs change a value between the reading and the order: nothing is written, the agent sends it again over what they see', async ({
  portal,
  operations,
  signedInDesk,
  t,
  site,
  sandbox,
  database,
}) => {
  const company = newCompany();
  const operator = await makeOperator({ site, database }, { locale: 'fr' });
  await makeCustomsAccount({ database, sandbox }, operator, company);
  await portal.signIn(operator);
  const { id } = await operations.send('update', { company: { phone: '+212522470102' } });
  const desk = await signedInDesk();
  await desk.page.goto(`/agents/operations/${id}`);
  await expect(desk.button(t('operations-desk:decision.accept.update'))).toBeVisible();
  await sandbox.changeCompany(company.ice, { phone: '+212522470999' });
  const decision = await desk.beginDecision(
    t('operations-desk:decision.accept.update'),
    t('operations-desk:decision.title.update'),
  );
  await desk.confirmDecision(decision, t('operations-desk:decision.confirm.accept'));
  const effect = async () =>
    (await database.query('select effect_status from customs_requests where id = $1', [id])).rows[0]
      .effect_status;
  await expect.poll(effect, { timeout: 20_000 }).toBe('overtaken');
  expect((await sandbox.companyOf(company.ice)).phone).toBe('+212522470999');

  await desk.page.goto(`/agents/operations/${id}`);
  await expect(desk.page.getByText(t('reference:operation-effect.overtaken')).first()).toBeVisible();
  await expectAccessible(desk.page);
  await desk.button(t('operations-desk:effect.resend')).click();
  const dialog = desk.page.getByRole('dialog', { name: t('operations-desk:effect.resend') });
  await expect(dialog).toContainText(t('operations-desk:change.overtaken'));
  await expectAccessible(desk.page);
  await desk.button(t('operations-desk:effect.resend-confirm'), dialog).click();
  await expect(dialog).toBeHidden();
  await expect.poll(effect, { timeout: 20_000 }).toBe('applied');
  expect((await sandbox.companyOf(company.ice)).phone).toBe('+212522470102');
});

test('customs change the account while the update is filled in: the operator sees it, and sends over it', async ({
  page,
  portal,
  screens,
  wizard,
  t,
  sandbox,
  database,
  operator,
}) => {
  const company = newCompany();
  await makeCustomsAccount({ database, sandbox }, operator, company);
  await portal.signIn(operator);
  await screens.begin('update');
  await portal.field(t('reference:company.tradeName')).fill('Comptoir des Deux Mers');
  await screens.field('tradeRegisterDate').fill(formatDate(freshDate()));
  await wizard.chooseFile('trade_register', await soundPdf('trade_register'));
  await wizard.expectGiven('trade_register', 'trade_register.pdf');
  await sandbox.changeCompany(company.ice, { address: '9, rue Neuve, Casablanca' });
  const dialog = await screens.beginSending('update');
  await screens.sendButton('update', dialog).click();
  await expect(page.getByText(t('errors:problem.registry_changed.title'))).toBeVisible();
  await expect(portal.field(t('reference:company.address'))).toHaveValue('9, rue Neuve, Casablanca');
  await expect(portal.field(t('reference:company.tradeName'))).toHaveValue('Comptoir des Deux Mers');
  await expectAccessible(page);
  await screens.send('update');
});

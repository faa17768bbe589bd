import { formatDate } from '@rnoce/i18n';
import { makeOperator } from '../../fixtures/accounts.ts';
import { freshDate, makeCustomsAccount } from '../../fixtures/customs-accounts.ts';
import { Keyboard } from '../../fixtures/keyboard.ts';
import { rejectFor } from '../../fixtures/operation-screens.ts';
import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test.use({ language: 'ar' });

test('a cancelled account is restored, in Arabic and by keyboard alone', async ({
  page,
  portal,
  screens,
  wizard,
  signedInDesk,
  t,
  site,
  sandbox,
  database,
}) => {
  test.slow();
  const legalName = 'شركة الزيتونة للتجارة';
  const company = newCompany({ legalName });
  const operator = await makeOperator({ site, database }, { locale: 'ar', legalName, email: company.email });
  await makeCustomsAccount({ database, sandbox }, operator, company, {
    attached: true,
    accountStatus: 'cancelled',
  });
  const keyboard = new Keyboard(page);
  await portal.signIn(operator);
  await portal.open('/demandes');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expectAccessible(page);
  await keyboard.activate(screens.entry('restoration'));
  await expect(portal.heading(t('operations:form.restoration.title'))).toBeVisible();
  const byTradeRegister = page.getByRole('radio', { name: t('reference:operation-evidence.trade_register') });
  await keyboard.goTo(page.getByRole('radio').first());
  for (let step = 0; step < 3 && !(await byTradeRegister.isChecked()); step++)
    await keyboard.press(step === 0 ? 'Space' : 'ArrowDown');
  await expect(byTradeRegister).toBeChecked();
  await keyboard.type(screens.field('tradeRegisterDate'), formatDate(freshDate()));
  for (const document of ['restoration_request', 'trade_register'] as const) {
    const chooser = page.waitForEvent('filechooser');
    await keyboard.activate(wizard.chooseButton(document));
    await (await chooser).setFiles(await soundPdf(document));
    await wizard.expectGiven(document, `${document}.pdf`);
  }
  await keyboard.type(screens.field('motive'), 'تستأنف الشركة نشاطها.');
  await expectAccessible(page);
  await keyboard.activate(screens.sendButton('restoration'));
  await expect(screens.dialog('restoration')).toBeVisible();
  await expectAccessible(page);
  await keyboard.activate(screens.sendButton('restoration', screens.dialog('restoration')));
  await expect(page.getByText(t('operations:sent.title'))).toBeVisible();
  await expectAccessible(page);

  const { rows } = await database.query('select id from customs_requests where account_id = $1', [
    operator.accountId,
  ]);
  const desk = await signedInDesk();
  await desk.page.goto('/agents/operations');
  await expect(desk.heading(t('operations-desk:queue.title'))).toBeVisible();
  await expectAccessible(desk.page);
  await desk.page.goto(`/agents/operations/${rows[0].id}`);
  await expect(desk.button(t('operations-desk:decision.accept.restoration'))).toBeVisible();
  await expectAccessible(desk.page);
  const decision = await desk.beginDecision(
    t('operations-desk:decision.accept.restoration'),
    t('operations-desk:decision.title.restoration'),
  );
  await desk.confirmDecision(decision, t('operations-desk:decision.confirm.accept'));
  await expect
    .poll(async () => (await sandbox.companyOf(company.ice)).accountStatus, { timeout: 20_000 })
    .toBe('active');
  const mail = await sandbox.inbox.lastMailTo(operator.email, {
    subject: t('emails:customs_request_accepted.subject'),
  });
  expect(mail.html).toContain('dir="rtl"');
  await portal.open('/demandes');
  await expect(screens.entry('update')).toBeVisible();
  await expect(page.getByText(t('reference:account-state.active'), { exact: true })).toBeVisible();
});

test('the screens of an update, in Arabic: the form, the request, the three columns', async ({
  page,
  portal,
  screens,
  operations,
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
  await portal.field(t('reference:company.tradeName')).fill('البحران');
  await expect(page.getByText(t('operations:change.count', { count: 1 }))).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByText(t('operations:update.nothing'))).toBeHidden();
  const { id } = await operations.send('update', { company: { phone: '+212522470102' } });
  await sandbox.changeCompany(company.ice, { phone: '+212522470999' });
  await portal.open(`/operations/${id}`);
  await expect(portal.heading(t('reference:operation-type.update'))).toBeVisible();
  await expectAccessible(page);
  const desk = await signedInDesk();
  await desk.page.goto(`/agents/operations/${id}`);
  await desk.button(t('operations-desk:registry.read-again')).click();
  await expect(desk.page.getByText(t('operations-desk:change.overtaken')).first()).toBeVisible();
  await expectAccessible(desk.page);

  await rejectFor(desk, 'trade_register', 'الصفحة غير مقروءة.');
  await portal.open('/demandes');
  await expect(screens.card('update')).toContainText(t('reference:operation-status.rejected'));
  await expect(screens.card('update')).toContainText('الصفحة غير مقروءة.');
  await expect(screens.entry('update')).toBeVisible();
  expect((await sandbox.operationsOf(company.ice)).length).toBe(0);
});

test('a restoration is rejected, and asked again with what was given', async ({
  page,
  portal,
  screens,
  operations,
  signedInDesk,
  t,
  site,
  sandbox,
  database,
}) => {
  const company = newCompany();
  const operator = await makeOperator({ site, database }, { locale: 'ar', email: company.email });
  await makeCustomsAccount({ database, sandbox }, operator, company, {
    attached: true,
    accountStatus: 'cancelled',
  });
  await portal.signIn(operator);
  const details = { evidence: 'minutes', motive: 'استئناف النشاط.' };
  const { id } = await operations.send('restoration', { details });
  const desk = await signedInDesk();
  await desk.page.goto(`/agents/operations/${id}`);
  await rejectFor(desk, 'minutes', 'المحضر غير موقع.');
  await portal.open('/demandes');
  await expect(screens.card('restoration')).toContainText(t('reference:operation-status.rejected'));
  await expect(screens.card('restoration')).toContainText('المحضر غير موقع.');
  await screens.begin('restoration');
  await expect(page.getByText(t('operations:earlier.title'))).toBeVisible();
  await expect(screens.field('motive')).toHaveValue('استئناف النشاط.');
  expect((await sandbox.companyOf(company.ice)).accountStatus).toBe('cancelled');
});

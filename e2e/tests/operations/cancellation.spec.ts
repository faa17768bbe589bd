import { makeCustomsAccount } from '../../fixtures/customs-accounts.ts';
import { rejectFor } from '../../fixtures/operation-screens.ts';
import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newCompany, PASSWORD } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('a cancellation is rejected, asked again with the right paper, accepted: the account is closed', async ({
  page,
  portal,
  screens,
  operations,
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
  const idOf = async () =>
    (
      await database.query(
        `select id from customs_requests where account_id = $1 and type = 'cancellation' order by created_at desc limit 1`,
        [operator.accountId],
      )
    ).rows[0].id as string;

  await screens.begin('cancellation');
  await page.getByRole('radio', { name: t('reference:operation-ground.striking_off') }).check();
  await screens.field('comment').fill('La société cesse son activité.');
  await wizard.chooseFile('trade_register', await soundPdf('trade_register'));
  await wizard.expectGiven('trade_register', 'trade_register.pdf');
  await expectAccessible(page);
  const dialog = await screens.beginSending('cancellation');
  await portal.field(t('operations:confirm.password'), dialog).fill('Un-autre-42-mot');
  await screens.sendButton('cancellation', dialog).click();
  await expect(dialog.getByText(t('errors:problem.password_wrong.detail'))).toBeVisible();
  await expectAccessible(page);
  await portal.field(t('operations:confirm.password'), dialog).fill(PASSWORD);
  await screens.sendButton('cancellation', dialog).click();
  await expect(page.getByText(t('operations:sent.title'))).toBeVisible();
  // To the address that customs hold, which isn't the account's.
  await sandbox.inbox.lastMailTo(company.email, { subject: t('emails:cancellation_notice.subject') });

  const desk = await signedInDesk();
  await desk.page.goto(`/agents/operations/${await idOf()}`);
  await rejectFor(desk, 'trade_register', 'La page est floue.');
  await portal.open('/demandes');
  await expect(screens.card('cancellation')).toContainText(t('reference:operation-status.rejected'));
  await expect(screens.card('cancellation')).toContainText('La page est floue.');

  await screens.begin('cancellation');
  await expect(page.getByText(t('operations:earlier.title'))).toBeVisible();
  await expect(page.getByText('La page est floue.')).toBeVisible();
  await page.getByRole('radio', { name: t('reference:operation-ground.liquidation') }).check();
  await screens.field('comment').fill('Liquidation judiciaire.');
  await wizard.chooseFile('liquidation_evidence', await soundPdf('liquidation_evidence'));
  await wizard.expectGiven('liquidation_evidence', 'liquidation_evidence.pdf');
  await expectAccessible(page);
  await screens.send('cancellation', PASSWORD);

  await desk.page.goto(`/agents/operations/${await idOf()}`);
  const acceptance = await desk.beginDecision(
    t('operations-desk:decision.accept.cancellation'),
    t('operations-desk:decision.title.cancellation'),
  );
  await expectAccessible(desk.page);
  await desk.confirmDecision(acceptance, t('operations-desk:decision.confirm.accept'));
  await expect
    .poll(async () => (await sandbox.companyOf(company.ice)).accountStatus, { timeout: 20_000 })
    .toBe('cancelled');
  await portal.open('/demandes');
  await expect(screens.card('cancellation')).toContainText(t('reference:operation-status.accepted'));
  await expect(page.getByText(t('reference:account-state.cancelled'), { exact: true })).toBeVisible();
  await expect(screens.entry('restoration')).toBeVisible();
  await expect(screens.card('update')).toContainText(t('reference:operation-refusal.account_cancelled'));
  expect((await operations.read(await idOf())).history.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['submitted', 'accepted', 'applied']),
  );
  await expectAccessible(page);
});

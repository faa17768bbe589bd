import { formatDateTime, formatDay } from '@rnoce/i18n';
import { Desk } from '../../fixtures/agents.ts';
import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('an agent returns a dossier for two things, the operator mends only those, the agent validates', async ({
  page,
  portal,
  wizard,
  otherBrowser,
  newAgent,
  t,
  sandbox,
  database,
  drafts,
  operator,
}) => {
  test.slow();
  const company = newCompany();
  const ice = t('reference:document.ice');
  const legalName = t('reference:company.legalName');
  await portal.signIn(operator);
  const { id, code } = await drafts.send(company, operator.email);

  const desk = new Desk((await otherBrowser()).page, t);
  const agent = await newAgent({ name: 'Nadia El Fassi', newcomer: true });
  await desk.page.goto('/agents/');
  await expect(desk.field(t('backoffice:sign-in.email'))).toBeVisible();
  await expectAccessible(desk.page);
  await desk.givePassword(agent);
  await expectAccessible(desk.page);
  await desk.giveCode('000000');
  await expect(desk.page.getByRole('alert')).toContainText(t('errors:problem.code_wrong.detail'));
  await desk.giveCode(agent.totp.generate());
  await expect(desk.heading(t('desk:choose-password.title'))).toBeVisible();
  await expectAccessible(desk.page);
  // Nothing else opens before, by whatever address.
  await desk.page.goto('/agents/tableau-de-bord');
  await desk.chooseOwnPassword(agent);
  await expect(desk.heading(t('desk:queue.title'))).toBeVisible();
  await expectAccessible(desk.page);

  await desk.open({ code, legalName: company.legalName });
  await expectAccessible(desk.page);
  // To the minute, whatever rules the browser knows for Morocco's clocks.
  const { rows: sent } = await database.query(
    'select submitted_at as "submittedAt" from filings where subscription_id = $1',
    [id],
  );
  const submittedAt = formatDateTime(sent[0].submittedAt);
  await expect(desk.page.getByText(t('desk:dossier.submitted', { at: submittedAt }))).toBeVisible();
  await desk.refuse('documents.ice', ice, t('reference:cause.illegible'), 'La page est floue.');
  await desk.refuse('company.legalName', legalName, t('reference:cause.mismatch'), 'Voir le modèle J.');
  const dialog = await desk.beginDecision(
    t('desk:decision.return-action', { count: 2 }),
    t('desk:decision.return-title'),
  );
  await expect(dialog).toContainText(t('emails:filing_incomplete.subject'));
  await expect(dialog).toContainText('La page est floue.');
  await expectAccessible(desk.page);
  await desk.confirmDecision(dialog, t('desk:decision.return-confirm'));

  const mail = await sandbox.inbox.lastMailTo(operator.email, {
    subject: t('emails:filing_incomplete.subject'),
  });
  for (const words of [code, ice, t('reference:cause.illegible'), 'La page est floue.', 'Voir le modèle J.'])
    expect(mail.text).toContain(words);
  await portal.open('/demandes');
  await expect(portal.filing()).toContainText(t('reference:filing-status.incomplete'));
  await expect(portal.filing()).toContainText('La page est floue.');
  await expect(portal.filing()).toContainText('Voir le modèle J.');
  await expectAccessible(page);

  await portal.button(t('subscriptions:filing.rectify')).click();
  await wizard.expectStep('documents');
  await expect(wizard.slot('ice')).toContainText(t('wizard:document.refused'));
  await expect(wizard.slot('identity')).not.toContainText(t('wizard:document.refused'));
  await expectAccessible(page);
  const corrected = t('reference:reason.changed');
  await expect(page.getByText(t('wizard:refusal.title', { count: 2 }))).toBeVisible();
  await wizard.chooseFile('ice', await soundPdf('ICE lisible', 'ice-lisible.pdf'));
  await wizard.expectGiven('ice', 'ice-lisible.pdf');
  await expect(wizard.slot('ice')).toContainText(corrected);
  await expect(page.getByText(t('wizard:refusal.title', { count: 1 }))).toBeVisible();
  // What wasn't touched may be sent again, and is warned about first.
  await wizard.goTo('review');
  await portal.checkbox(t('wizard:review.accept')).check();
  const confirmation = await wizard.beginSubmission();
  await expect(confirmation).toContainText(t('wizard:review.unchanged', { count: 1 }));
  await expect(confirmation.getByRole('link', { name: legalName })).toBeVisible();
  await expectAccessible(page);
  await portal.button(t('common:action.cancel'), confirmation).click();
  await wizard.goTo('company');
  await expect(wizard.companyField('legalName')).toHaveAccessibleDescription(/Voir le modèle J\./);
  await wizard.companyField('legalName').fill(`${company.legalName} AU`);
  await wizard.expectSaved();
  await expect(page.getByText(t('wizard:refusal.all-changed'), { exact: true })).toBeVisible();
  await expect(wizard.companyField('legalName')).toHaveAccessibleDescription(new RegExp(corrected));
  await expectAccessible(page);
  await wizard.goTo('review');
  expect(await wizard.submit()).toBe(code);

  await desk.open({ code, legalName: `${company.legalName} AU` });
  await expect(desk.page.getByText(t('reference:filing-event.resubmitted'))).toBeVisible();
  const validation = await desk.beginDecision(
    t('desk:decision.validate-action'),
    t('desk:decision.validate-title'),
  );
  await expect(validation).toContainText('Félicitation !');
  await desk.confirmDecision(validation, t('desk:decision.validate-confirm'));

  const good = await sandbox.inbox.lastMailTo(operator.email, {
    subject: t('emails:filing_validated.subject'),
  });
  expect(good.text).toContain(t('emails:filing_validated.customs', { code }));
  await expect
    .poll(async () => (await sandbox.registrationsOf(company.ice)).map(({ reference }) => reference))
    .toEqual([code]);
  const [registration] = await sandbox.registrationsOf(company.ice);
  expect(registration?.record.legalName).toBe(`${company.legalName} AU`);
  const { rows } = await database.query(
    `select f.status, f.submissions, f.registration_status as registration, f.validated_at as "validatedAt",
       (select array_agg(event order by at, id) from filing_history h where h.filing_id = f.id) as events
     from filings f where f.subscription_id = $1`,
    [id],
  );
  expect(rows).toMatchObject([{ status: 'validated', submissions: 2 }]);
  expect(rows[0].events.slice(0, 6)).toEqual([
    'created',
    'submitted',
    'returned',
    'reopened',
    'resubmitted',
    'validated',
  ]);
  await portal.open('/demandes');
  await expect(portal.filing()).toContainText(t('reference:filing-status.validated'));
  await expect(portal.filing()).toContainText(formatDay(rows[0].validatedAt));
  await expectAccessible(page);
});

test('two agents on one dossier: the second is told who decided, and keeps the reasons written', async ({
  portal,
  signedInDesk,
  t,
  database,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { id, code } = await drafts.send(company, operator.email);
  const first = await signedInDesk('Nadia El Fassi');
  const second = await signedInDesk('Karim Berrada');
  const dossier = { code, legalName: company.legalName };
  await first.open(dossier);
  await second.open(dossier);
  const label = t('reference:document.ice');
  const form = await second.beginRefusal('documents.ice', label);
  await form.getByRole('radio', { name: t('reference:cause.expired') }).check();
  await form.getByRole('textbox').fill('Périmé depuis un an.');

  const validation = await first.beginDecision(
    t('desk:decision.validate-action'),
    t('desk:decision.validate-title'),
  );
  await first.confirmDecision(validation, t('desk:decision.validate-confirm'));

  await second.button(t('desk:refusal.keep'), form).click();
  await expect(second.page.getByText(t('desk:conflict.decided'))).toBeVisible();
  await second.page.getByText(t('desk:conflict.unsent', { count: 1 })).click();
  await expect(second.page.getByRole('main')).toContainText('Périmé depuis un an.');
  await expect(second.page.getByRole('main')).toContainText('Nadia El Fassi');
  await expectAccessible(second.page);
  const { rows } = await database.query(
    `select f.status, count(h.*)::int as decisions from filings f
       join filing_history h on h.filing_id = f.id and h.event in ('validated', 'returned')
     where f.subscription_id = $1 group by f.id`,
    [id],
  );
  expect(rows).toEqual([{ status: 'validated', decisions: 1 }]);
});

test('an agent of the queue sees volumes and delays', async ({ signedInDesk, t }) => {
  const desk = await signedInDesk();
  await desk.page.getByRole('link', { name: t('desk:navigation.dashboard') }).click();
  await expect(desk.heading(t('desk:dashboard.title'))).toBeVisible();
  await expectAccessible(desk.page);
  await desk.page.reload();
  await expect(desk.heading(t('desk:dashboard.title'))).toBeVisible();
  await desk.button(t('common:action.sign-out')).click();
  await expect(desk.heading(t('backoffice:sign-in.title'))).toBeVisible();
});

import { formatDay } from '@rnoce/i18n';
import type { Authority } from '@rnoce/schemas/operator-types';
import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newJointCompany, newPortnetPart } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('customs send back while PortNet judges: only their part is asked and sent again, whatever it does to the contract', async ({
  page,
  portal,
  wizard,
  signedInDesk,
  t,
  sandbox,
  database,
  drafts,
  operator,
}) => {
  test.slow();
  const company = newJointCompany();
  await portal.signIn(operator);
  const { id } = await drafts.completeJoint(company, newPortnetPart(), operator.email);
  await drafts.giveContract(id, 'electronic', await sandbox.sign(await drafts.issueContract(id)));
  const { code } = await drafts.submit(id);

  const customs = await signedInDesk('Nadia El Fassi');
  await customs.open({ code, legalName: company.legalName });
  await customs.refuse(
    'company.address',
    t('reference:company.address'),
    t('reference:cause.mismatch'),
    'Autre adresse au registre.',
  );
  const dialog = await customs.beginDecision(
    t('desk:decision.return-action', { count: 1 }),
    t('desk:decision.return-title'),
  );
  await customs.confirmDecision(dialog, t('desk:decision.return-confirm'));

  await portal.open('/demandes');
  await portal.button(t('subscriptions:filing.rectify.customs')).click();
  await wizard.expectStep('company');
  const panel = page.getByRole('navigation').filter({ hasText: t('reference:step.documents') });
  await expect(panel).not.toContainText(t('reference:step.contract'));
  await expect(panel).not.toContainText(t('reference:step.singleWindowUsers'));
  await portal.field(t('reference:company.address')).fill('14, rue des Tanneurs, Fès');
  await wizard.expectSaved();
  await expectAccessible(page);
  await wizard.goTo('review');
  await expectAccessible(page);
  expect(await wizard.submit()).toBe(code);

  const { rows } = await database.query<{ authority: string; status: string; address: string }>(
    `select distinct on (f.authority) f.authority, f.status, h.sections->'company'->>'address' as address
     from filings f join filing_history h on h.filing_id = f.id and h.sections is not null
     where f.subscription_id = $1 order by f.authority, h.at desc`,
    [id],
  );
  expect(rows).toEqual([
    { authority: 'customs', status: 'in_review', address: '14, rue des Tanneurs, Fès' },
    { authority: 'portnet', status: 'in_review', address: company.address },
  ]);
});

test('PortNet sends back too while customs’ part is being rectified: the form opens for it as well, and both get it', async ({
  page,
  portal,
  wizard,
  signedInDesk,
  t,
  database,
  drafts,
  operator,
}) => {
  test.slow();
  const company = newJointCompany();
  await portal.signIn(operator);
  const { id, code } = await drafts.sendJoint(company, newPortnetPart(), operator.email);
  const sendBack = async (authority: Authority, field: 'address' | 'businessTax') => {
    const desk = await signedInDesk(undefined, 'decider', authority);
    await desk.open({ code, legalName: company.legalName });
    const label = t(`reference:company.${field}`);
    await desk.refuse(`company.${field}`, label, t('reference:cause.mismatch'), 'Autre valeur au registre.');
    const dialog = await desk.beginDecision(
      t('desk:decision.return-action', { count: 1 }),
      t('desk:decision.return-title'),
    );
    await desk.confirmDecision(dialog, t('desk:decision.return-confirm'));
  };
  await sendBack('customs', 'address');
  await portal.open('/demandes');
  await portal.button(t('subscriptions:filing.rectify.customs')).click();
  await wizard.expectStep('company');
  await sendBack('portnet', 'businessTax');

  await portal.open('/demandes');
  await expect(portal.button(t('subscriptions:filing.resume-rectification.customs'))).toBeVisible();
  await expect(portal.button(t('subscriptions:filing.rectify.portnet'))).toBeVisible();
  const decidedAt = portal
    .filing('portnet')
    .locator('dl > div', { hasText: t('subscriptions:filing.validated') });
  await expect(decidedAt).toContainText(formatDay(new Date().toISOString()));

  await portal.button(t('subscriptions:filing.resume-rectification.customs')).click();
  await wizard.expectStep('company');
  const panel = page.getByRole('navigation', { name: t('common:wizard.steps') });
  await expect(panel).not.toContainText(t('reference:step.contract'));
  await expect(page.getByText(t('subscriptions:filing.incomplete.portnet'))).toBeVisible();
  await expectAccessible(page);
  // Typed just before, and not saved yet.
  await wizard.companyField('address').fill('14, rue des Tanneurs, Fès');
  await portal.button(t('subscriptions:filing.rectify.portnet')).click();
  await expect(wizard.companyField('businessTax')).toBeFocused();
  await expect(panel).toContainText(t('reference:step.contract'));
  await expect(wizard.companyField('address')).toHaveValue('14, rue des Tanneurs, Fès');
  await wizard.companyField('businessTax').fill('87654321');
  await wizard.expectSaved();
  await expect(page.getByText(t('wizard:refusal.all-changed'), { exact: true })).toBeVisible();
  // The contract says the address: it is made and signed again.
  await drafts.issueContract(id);
  await drafts.giveContract(id, 'handwritten', await soundPdf('Contrat', 'contrat-rectifie.pdf'));
  await page.reload();
  await wizard.goTo('review');
  expect(await wizard.submit()).toBe(code);

  const { rows } = await database.query<{ authority: string; status: string; address: string }>(
    `select distinct on (f.authority) f.authority, f.status, f.submissions, h.sections->'company'->>'address' as address
     from filings f join filing_history h on h.filing_id = f.id and h.sections is not null
     where f.subscription_id = $1 order by f.authority, h.at desc`,
    [id],
  );
  const sent = { status: 'in_review', submissions: 2, address: '14, rue des Tanneurs, Fès' };
  expect(rows).toEqual([
    { authority: 'customs', ...sent },
    { authority: 'portnet', ...sent },
  ]);
});

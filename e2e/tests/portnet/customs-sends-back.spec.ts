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

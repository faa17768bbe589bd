import { newJointCompany, newPortnetPart } from '../../fixtures/people.ts';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';

test('what isn’t the contract in force, untouched, is refused in plain words, and the earlier file stays', async ({
  page,
  portal,
  wizard,
  contract,
  t,
  drafts,
  sandbox,
  database,
  operator,
}) => {
  const company = newJointCompany();
  await portal.signIn(operator);
  const { id } = await drafts.completeJoint(company, newPortnetPart(), operator.email);
  const issued = await drafts.issueContract(id);
  await portal.open(`/demandes/${id}/contrat`);
  const signed = await sandbox.sign(issued);
  await contract.give('electronic', signed);
  await contract.expectResult('valid', signed.name);

  const slot = wizard.slot('contract');
  await contract.give('electronic', await sandbox.sign(issued, 'altered'));
  await expect(slot).toContainText(t('contracts:reason.digest_mismatch'));
  await contract.expectResult('valid', signed.name);
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  // Signed, and said to be a scan: it is judged all the same.
  await contract.give('handwritten', await sandbox.sign(issued, 'altered'));
  await expect(slot).toContainText(t('contracts:reason.digest_mismatch'));

  await wizard.goTo('company');
  await wizard.companyField('tradeName').fill('Le Nouveau Comptoir');
  await wizard.expectSaved();
  await wizard.goTo('contract');
  await expect(page.getByText(t('wizard:contract.void.title'))).toBeVisible();
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  await contract.establish('establish-again');
  await contract.give('electronic', signed);
  await expect(slot).toContainText(t('errors:problem.contract_void.detail'));
  await expectAccessible(page);
  const { rows } = await database.query(
    `select c.version, count(signed.*)::int as signed from contracts c
       left join signed_contracts signed on signed.contract_id = c.id
     where c.subscription_id = $1 group by c.version order by c.version`,
    [id],
  );
  expect(rows).toEqual([
    { version: 1, signed: 1 },
    { version: 2, signed: 0 },
  ]);
});

test('a signer whom no trusted authority knows is kept, and told alike to the operator and the agent', async ({
  page,
  portal,
  contract,
  signedInDesk,
  t,
  drafts,
  sandbox,
  operator,
}) => {
  const company = newJointCompany();
  await portal.signIn(operator);
  const { id } = await drafts.completeJoint(company, newPortnetPart(), operator.email);
  const signed = await sandbox.sign(await drafts.issueContract(id), 'unknown_authority');
  await portal.open(`/demandes/${id}/contrat`);
  await contract.give('electronic', signed);
  await contract.expectResult('valid_untrusted', signed.name);
  await expect(page.getByText(t('contracts:reason.chain_unknown'))).toBeVisible();
  await expectAccessible(page);
  const { code } = await drafts.submit(id);

  const desk = await signedInDesk('Reda Amrani', 'decider', 'portnet');
  await desk.open({ code, legalName: company.legalName });
  await desk.show('contract');
  await expect(desk.page.getByText(t('contracts:outcome.valid_untrusted'))).toBeVisible();
  await expect(desk.page.getByText(t('contracts:reason.chain_unknown'))).toBeVisible();
  await expect(desk.page.getByText(t('desk:contract.look.untrusted'))).toBeVisible();
  await expectAccessible(desk.page);
});

test('anyone may check a contract by its code: in force, replaced, unknown', async ({
  page,
  portal,
  otherBrowser,
  t,
  drafts,
  database,
  operator,
}) => {
  const company = newJointCompany();
  await portal.signIn(operator);
  const { id } = await drafts.completeJoint(company, newPortnetPart(), operator.email);
  await drafts.issueContract(id);
  const { rows } = await database.query<{ code: string }>(
    'select code from contracts where subscription_id = $1',
    [id],
  );
  const code = rows[0]?.code ?? '';
  const anyone = await otherBrowser();
  await anyone.open(`/contrat/${code}`);
  await expect(anyone.heading(t('contracts:check.in_force.title'))).toBeVisible();
  await expect(anyone.page.getByRole('main')).toContainText(company.legalName);
  await expect(anyone.page.getByRole('main')).not.toContainText(company.managers[0].idNumber);
  await expectAccessible(anyone.page);
  await expectAccessibleInArabic(anyone.page);
  await drafts.fill(id, { ...company, tradeName: 'Le Nouveau Comptoir' });
  await anyone.page.reload();
  await expect(anyone.heading(t('contracts:check.void.title'))).toBeVisible();
  await expectAccessible(anyone.page);
  await expectAccessibleInArabic(anyone.page);
  await portal.open(`/contrat/${code.slice(0, -2)}ZZ`);
  await expect(portal.heading(t('contracts:check.unknown.title'))).toBeVisible();
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
});

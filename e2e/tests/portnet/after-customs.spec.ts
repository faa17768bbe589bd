import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newCompany, newPortnetPart } from '../../fixtures/people.ts';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';
import { plainDocumentsOf } from '../../fixtures/wizard.ts';

test('PORTNET after DOUANE: what customs were sent is there, and only the rest is asked', async ({
  page,
  portal,
  wizard,
  contract,
  t,
  drafts,
  database,
  operator,
}) => {
  test.slow();
  const company = newCompany();
  const [manager] = company.managers;
  const portnet = newPortnetPart();
  await portal.signIn(operator);
  const draft = await drafts.complete(company, operator.email);
  await portal.open('/nouvelle-souscription');
  // PortNet starts from what customs were sent.
  await expect(page.getByText(t('subscriptions:choice.draft', { code: draft.code }))).toBeVisible();
  await expectAccessible(page);
  await drafts.submit(draft.id);

  await page.reload();
  await expect(portal.checkbox(t('subscriptions:authority.portnet.name'))).toBeChecked();
  await expect(portal.checkbox(t('subscriptions:authority.customs.name'))).toBeHidden();
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  await portal.button(t('subscriptions:choice.go-on')).click();
  await wizard.expectStep('company');
  await expect(wizard.companyField('legalName')).toHaveValue(company.legalName);
  await expect(wizard.companyField('phone')).not.toHaveValue('');
  await expectAccessible(page);
  await wizard.fillField('company', 'businessTax', '34567812');
  await wizard.goOn('managers');
  await expect(wizard.managerField('idNumber')).toHaveValue(manager.idNumber);
  await wizard.goOn('legalRepresentative');
  await wizard.goOn('documents');
  for (const document of plainDocumentsOf(company, ['portnet']))
    await wizard.expectGiven(document, `${document}.pdf`);
  await wizard.goOn('singleWindowUsers');
  await wizard.fill('singleWindowUsers', portnet.singleWindowUsers[0]);
  await wizard.goOn('contacts');
  await wizard.takeOver(portnet.singleWindowUsers[0]);
  await wizard.fillField('contacts', 'department', 'commercial');
  await wizard.goOn('bankAccount');
  await wizard.fill('bankAccount', portnet.bankAccount);
  await wizard.goOn('contract');
  await contract.establish();
  await contract.give('handwritten', await soundPdf('Contrat signé', 'contrat.pdf'));
  await contract.expectScan('contrat.pdf');
  await wizard.goOn('review');
  const code = await wizard.submit();
  expect(code).not.toBe(draft.code);

  const { rows } = await database.query(
    `select s.authorities, f.status, s.sections->'contacts'->0->>'email' as contact,
       (select count(*)::int from document_versions mine join document_versions theirs
          on theirs.storage_key = mine.storage_key and theirs.subscription_id = $3
        where mine.subscription_id = s.id) as shared
     from subscriptions s join filings f on f.subscription_id = s.id where s.code = any($1) and s.account_id = $2
     order by s.created_at`,
    [[draft.code, code], operator.accountId, draft.id],
  );
  const documents = plainDocumentsOf(company, ['customs']).length;
  expect(rows).toMatchObject([
    { authorities: ['customs'], status: 'in_review' },
    {
      authorities: ['portnet'],
      status: 'in_review',
      contact: portnet.singleWindowUsers[0].email,
      shared: documents,
    },
  ]);
  await portal.open('/demandes');
  await expect(portal.filing('customs')).toContainText(draft.code);
  await expect(portal.filing('portnet')).toContainText(code);
  await expectAccessible(page);
});

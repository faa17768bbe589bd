import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('an importer whom BADR does not know: from « Nouvelle souscription » to « En cours de traitement »', async ({
  page,
  portal,
  wizard,
  t,
  sandbox,
  database,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  await expect(portal.heading(t('portal:authorities.title'))).toBeVisible();
  await expectAccessible(page);
  await wizard.chooseCustoms();
  await expectAccessible(page);
  await wizard.verify(company);
  await expect(page.getByText(t('portal:outcome.not_registered'))).toBeVisible();
  await expectAccessible(page);
  const id = await wizard.enter();

  await expect(wizard.companyField('ice')).toHaveValue(company.ice);
  await wizard.fillCompany(company);
  await wizard.expectSaved();
  await expectAccessible(page);
  await wizard.goOn('managers');
  await wizard.fillManager(company.managers[0]);
  await expectAccessible(page);
  await wizard.goOn('documents');
  const documents = await wizard.uploadDocuments(company);
  expect(documents).toContain('rib_certificate');
  await expectAccessible(page);
  await wizard.goOn('review');
  await expect(page.getByText(company.legalName)).toBeVisible();
  await expectAccessible(page);
  const code = await wizard.submit();
  await expectAccessible(page);

  const mail = await sandbox.inbox.lastMailTo(operator.email, {
    subject: t('emails:subscription_received.subject'),
  });
  expect(mail.text).toContain(code);
  const { rows } = await database.query(
    `select f.status, s.code, s.operator_type as type, s.sections->'company'->>'legalName' as name,
       (select count(*)::int from filing_history h where h.filing_id = f.id and h.event = 'submitted') as sent
     from filings f join subscriptions s on s.id = f.subscription_id where s.id = $1`,
    [id],
  );
  expect(rows).toEqual([{ status: 'in_review', code, type: 'importer', name: company.legalName, sent: 1 }]);

  await portal.link(t('portal:wizard.sent.list')).click();
  await expect(portal.filing()).toContainText(t('reference:filing-status.in_review'));
  await expect(portal.filing()).toContainText(code);
  await expectAccessible(page);
  await portal.link(t('portal:filing.see')).click();
  await expect(portal.heading(t('portal:summary.title'))).toBeVisible();
  await expectAccessible(page);
});

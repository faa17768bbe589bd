import { documentsOf } from '@rnoce/schemas/documents';
import { makeOperator } from '../../fixtures/accounts.ts';
import { soundPdf } from '../../fixtures/pdf-files.ts';
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
  await expect(portal.heading(t('subscriptions:authorities.title'))).toBeVisible();
  await expectAccessible(page);
  await wizard.chooseCustoms();
  await expectAccessible(page);
  await wizard.verify(company);
  await expect(page.getByText(t('subscriptions:outcome.not_registered'))).toBeVisible();
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
  await expect(
    page.getByText(t('wizard:review.authorised', { number: '\u2066A-GC-318/2016\u2069' })),
  ).toBeVisible();
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

  await portal.link(t('wizard:sent.list')).click();
  await expect(portal.filing()).toContainText(t('reference:filing-status.in_review'));
  await expect(portal.filing()).toContainText(code);
  await expectAccessible(page);
  await portal.link(t('subscriptions:filing.see')).click();
  await expect(portal.heading(t('portal:summary.title'))).toBeVisible();
  await expectAccessible(page);
});

test('a customs broker whom BADR knows by the same e-mail: everything is prefilled, the licence included', async ({
  page,
  portal,
  wizard,
  t,
  sandbox,
  site,
  database,
}) => {
  const company = newCompany({ operatorType: 'customs_broker', origin: 'acquisition' });
  await sandbox.registerCompany(company);
  const operator = await makeOperator({ site, database }, { locale: 'fr', email: company.email });
  await portal.signIn(operator);
  await wizard.begin(company, 'registered');
  await expect(page.getByText(t('wizard:registry.registered.title'))).toBeVisible();
  await expect(wizard.companyField('approvalNumber')).toHaveValue(company.approvalNumber ?? '');
  await expect(wizard.companyField('legalName')).toHaveValue(company.legalName);
  await expect(wizard.companyField('email')).toHaveValue(company.email);
  await wizard.goOn('managers');
  await expect(wizard.managerField('lastName')).toHaveValue(company.managers[0].lastName);
  await expect(wizard.managerField('idNumber')).toHaveValue(company.managers[0].idNumber);
  await wizard.goOn('documents');
  const documents = await wizard.uploadDocuments(company);
  expect(documents).not.toContain('rib_certificate');
  await wizard.goOn('review');
  expect(await wizard.submit()).toMatch(/^\d{8}T\d{11}$/);
});

test('people’s data of a company that BADR knows by another e-mail come only with the code sent to it', async ({
  page,
  portal,
  wizard,
  t,
  sandbox,
  operator,
}) => {
  const company = newCompany({ operatorType: 'customs_broker' });
  await sandbox.registerCompany(company);
  await portal.signIn(operator);
  await wizard.begin(company, 'registered');
  await expect(page.getByText(t('wizard:people.company'))).toBeVisible();
  await expect(wizard.companyField('legalName')).toHaveValue(company.legalName);
  await expect(wizard.companyField('phone')).toHaveValue('');
  await expect(wizard.companyField('email')).toHaveValue(operator.email);
  await wizard.goTo('managers');
  await expect(wizard.managerField('lastName')).toHaveValue('');
  await expect(page.getByRole('main')).not.toContainText(company.email);

  await portal.button(t('portal:registry-code.send')).click();
  const mail = await sandbox.inbox.lastMailTo(company.email, {
    subject: t('emails:registry_confirmation.subject'),
  });
  const code = /\b\d{6}\b/.exec(mail.text)?.[0] ?? '';
  const field = portal.field(t('portal:registry-code.code'));
  await field.fill(code === '000000' ? '000001' : '000000');
  await portal.button(t('wizard:people.confirm')).click();
  await expect(field).toHaveAccessibleDescription(t('errors:problem.registry_code_wrong.detail'));
  await expectAccessible(page);
  await field.fill(code);
  await portal.button(t('wizard:people.confirm')).click();
  await expect(wizard.managerField('lastName')).toHaveValue(company.managers[0].lastName);
  await wizard.goTo('company');
  await expect(wizard.companyField('phone')).toHaveValue(company.phone);
  // What was typed already is not replaced.
  await expect(wizard.companyField('email')).toHaveValue(operator.email);
});

test('a freight forwarder gives both authorisations, and no RIB certificate', async ({
  page,
  portal,
  wizard,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany({ operatorType: 'freight_forwarder' });
  await portal.signIn(operator);
  const { id } = await drafts.create(company, operator.email);
  await drafts.fill(id, company);
  await portal.open(`/demandes/${id}/documents`);
  await expect(wizard.slot('ministry_authorisation')).toBeVisible();
  await expect(wizard.slot('exchange_office_authorisation')).toBeVisible();
  await expect(wizard.slot('articles')).toBeVisible();
  await expect(wizard.slot('rib_certificate')).toBeHidden();
  // « Suivant » says what is missing, and leads there.
  await expect(wizard.next()).toBeDisabled();
  await wizard.next().press('Enter');
  await expect(portal.summary()).toBeFocused();
  const required = documentsOf({ ...company, authorities: ['customs'] }).filter((one) => one !== 'logo');
  await expect(portal.summary().getByRole('link')).toHaveCount(required.length);
  await portal.summary().getByRole('link').first().click();
  await expect(wizard.chooseButton('identity')).toBeFocused();
  await expectAccessible(page);
  await wizard.uploadDocuments(company);
  await wizard.goOn('review');
  expect(await wizard.submit()).toMatch(/^\d{8}F\d{11}$/);
  await expect(page.getByText(t('wizard:sent.next-review'))).toBeVisible();
});

test('an exporter who is a natural person is not asked for articles', async ({
  page,
  portal,
  wizard,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany({ operatorType: 'exporter', entityType: 'natural_person' });
  await portal.signIn(operator);
  const { id } = await drafts.create({ ...company, entityType: 'legal_person' }, operator.email);
  await drafts.fill(id, { ...company, entityType: 'legal_person' });
  await drafts.upload(id, 'articles', await soundPdf('articles'));
  await portal.open(`/demandes/${id}/societe`);
  await wizard.fillField('company', 'entityType', 'natural_person');
  await wizard.goTo('documents');
  // Given while the form was a legal person's: it must be taken out, and says so.
  await expect(page.getByText(t('wizard:document.not-asked'))).toBeVisible();
  await expect(wizard.slot('articles')).toContainText(t('wizard:document.to-remove'));
  await portal.button(t('common:action.remove-name', { name: t('reference:document.articles') })).click();
  await expect(wizard.slot('articles')).toBeHidden();
  await expect(wizard.slot('ministry_authorisation')).toBeHidden();
  await wizard.uploadDocuments(company);
  await wizard.goOn('review');
  expect(await wizard.submit()).toMatch(/^\d{8}EXP\d{11}$/);
});

import { formatDate } from '@rnoce/i18n';
import { documentRules, documentsOf } from '@rnoce/schemas/documents';
import { makeOperator } from '../../fixtures/accounts.ts';
import { Keyboard } from '../../fixtures/keyboard.ts';
import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newCompany, newManager } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test.use({ language: 'ar' });

test('the whole wizard in Arabic, by keyboard alone, to the submission and its e-mail', async ({
  page,
  portal,
  wizard,
  t,
  site,
  database,
  sandbox,
}) => {
  test.slow();
  const legalName = 'شركة الزيتونة للتجارة';
  const operator = await makeOperator({ site, database }, { locale: 'ar', legalName });
  const company = newCompany({
    legalName,
    address: 'شارع الزرقطوني، الدار البيضاء',
    actualActivity: 'استيراد المواد الغذائية',
    managers: [newManager({ lastName: 'الزروالي', firstName: 'إيمان' })],
  });
  const keyboard = new Keyboard(page);

  await portal.open('/connexion');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await keyboard.type(portal.field(t('portal:sign-in.email')), operator.email);
  await keyboard.type(portal.field(t('shell:sign-in.password')), operator.password);
  await keyboard.press('Enter');
  await expect(portal.heading(t('subscriptions:authorities.title'))).toBeVisible();
  await expectAccessible(page);
  await keyboard.activate(portal.checkbox(t('subscriptions:authority.customs.name')), 'Space');
  await keyboard.activate(portal.button(t('common:action.next')));

  await expect(portal.heading(t('subscriptions:verification.title'))).toBeVisible();
  await expectAccessible(page);
  await keyboard.type(portal.field(t('reference:identifiers.taxId')), company.taxId);
  await keyboard.type(portal.field(t('reference:identifiers.ice')), company.ice);
  await keyboard.type(portal.field(t('reference:identifiers.rcNumber')), company.rcNumber);
  await keyboard.choose(
    portal.field(t('reference:identifiers.operatorType')),
    t('reference:operator-type.importer'),
  );
  await keyboard.pick(portal.field(t('reference:identifiers.rcCentre')), company.rcCentre);
  await keyboard.activate(portal.button(t('common:action.next')));
  await expect(page.getByText(t('subscriptions:outcome.not_registered'))).toBeVisible();
  await keyboard.activate(portal.link(t('subscriptions:outcome.continue')));

  await wizard.expectStep('company');
  await keyboard.choose(wizard.companyField('entityType'), t('reference:entity-type.legal_person'));
  for (const field of ['legalName', 'acronym', 'tradeName'] as const)
    await keyboard.type(wizard.companyField(field), company[field]);
  await keyboard.pick(wizard.companyField('mainActivity'), company.mainActivity);
  await keyboard.type(wizard.companyField('actualActivity'), company.actualActivity);
  await keyboard.type(wizard.companyField('startDate'), formatDate(company.startDate));
  await keyboard.type(wizard.companyField('address'), company.address);
  await keyboard.pick(wizard.companyField('city'), company.city);
  await keyboard.choose(wizard.companyField('origin'), t('reference:origin.lease'));
  await keyboard.type(wizard.companyField('phone'), company.phone);
  await keyboard.type(wizard.companyField('email'), company.email);
  await expectAccessible(page);
  await keyboard.activate(wizard.next());

  await wizard.expectStep('managers');
  const [manager] = company.managers;
  await keyboard.type(wizard.managerField('lastName'), manager.lastName);
  await keyboard.type(wizard.managerField('firstName'), manager.firstName);
  await keyboard.type(wizard.managerField('birthDate'), formatDate(manager.birthDate));
  await keyboard.type(wizard.managerField('address'), manager.address);
  await keyboard.choose(wizard.managerField('idType'), t('reference:id-type.cin'));
  await keyboard.type(wizard.managerField('idNumber'), manager.idNumber);
  await keyboard.type(wizard.managerField('idAddress'), manager.idAddress);
  await keyboard.type(wizard.managerField('idExpiresOn'), formatDate(manager.idExpiresOn));
  await expectAccessible(page);
  await keyboard.activate(wizard.next());

  await wizard.expectStep('documents');
  const asked = documentsOf({ ...company, authorities: ['customs'] }).filter(
    (document) => documentRules[document].required,
  );
  for (const document of asked) {
    const chooser = page.waitForEvent('filechooser');
    await keyboard.activate(wizard.chooseButton(document));
    await (await chooser).setFiles(await soundPdf(document));
    await wizard.expectGiven(document, `${document}.pdf`);
  }
  await expectAccessible(page);
  await keyboard.activate(wizard.next());

  await wizard.expectStep('review');
  await expectAccessible(page);
  await keyboard.activate(portal.checkbox(t('wizard:review.accept')), 'Space');
  await keyboard.activate(portal.button(t('wizard:review.submit')));
  const dialog = page.getByRole('dialog', { name: t('wizard:review.confirm.title') });
  await keyboard.activate(portal.button(t('wizard:review.submit'), dialog));
  await expect(portal.heading(t('wizard:sent.title'))).toBeVisible();
  await expectAccessible(page);
  await keyboard.activate(portal.link(t('wizard:sent.list')));
  await expect(portal.filing()).toContainText(t('reference:filing-status.in_review'));
  await expectAccessible(page);

  const mail = await sandbox.inbox.lastMailTo(operator.email, {
    subject: t('emails:subscription_received.subject'),
  });
  expect(mail.html).toContain('dir="rtl"');
  expect(mail.text).toContain(legalName);
});

test('the accounts’ screens in Arabic, mirrored', async ({ page, portal, t }) => {
  const screens = {
    '/connexion': t('portal:sign-in.title'),
    '/inscription': t('portal:sign-up.title'),
    '/mot-de-passe-oublie': t('portal:forgotten.title'),
    '/registre/creer-mot-de-passe/nobody': t('portal:choose-password.unknown-title'),
    '/conditions': t('wizard:terms.title'),
  };
  for (const [path, title] of Object.entries(screens)) {
    await portal.open(path);
    await expect(portal.heading(title)).toBeVisible();
    await expectAccessible(page);
  }
});

test('the agents’ screens in Arabic, mirrored', async ({ portal, signedInDesk, t, drafts, operator }) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { code } = await drafts.send(company, operator.email);
  const desk = await signedInDesk();
  await expect(desk.page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expectAccessible(desk.page);
  await desk.open({ code, legalName: company.legalName });
  await expectAccessible(desk.page);
  await desk.refuse(
    'documents.ice',
    t('reference:document.ice'),
    t('reference:cause.illegible'),
    'الصفحة غير واضحة',
  );
  const dialog = await desk.beginDecision(
    t('desk:decision.return-action', { count: 1 }),
    t('desk:decision.return-title'),
  );
  // The operator reads Arabic: so does the e-mail which is shown.
  await expect(dialog).toContainText(t('emails:filing_incomplete.subject'));
  await expectAccessible(desk.page);
});

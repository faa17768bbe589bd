import { newCompany, newManager } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';
import { Wizard } from '../../fixtures/wizard.ts';

test('a draft is resumed in another browser at the step where it was left', async ({
  page,
  portal,
  wizard,
  otherBrowser,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { id, code } = await drafts.create(company, operator.email);
  await portal.open(`/demandes/${id}/societe`);
  await wizard.fillCompany(company);
  await wizard.goOn('managers');
  await wizard.fillField('managers', 'lastName', 'Zeroual');
  await wizard.expectSaved();
  await page.close();

  const elsewhere = await otherBrowser();
  await elsewhere.signIn(operator);
  await elsewhere.open('/demandes');
  await expect(elsewhere.filing()).toContainText(t('reference:filing-status.draft'));
  await expectAccessible(elsewhere.page);
  await elsewhere.page.getByRole('link', { name: t('subscriptions:filing.open', { code }) }).click();
  const resumed = new Wizard(elsewhere);
  await resumed.expectStep('managers');
  await expect(resumed.managerField('lastName')).toHaveValue('Zeroual');
  await resumed.goTo('company');
  await expect(resumed.companyField('legalName')).toHaveValue(company.legalName);
  await expect(resumed.companyField('startDate')).toHaveValue('01/04/2019');
});

test('two tabs on one draft are told of each other, and each takes up what the other saves', async ({
  context,
  portal,
  wizard,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { id } = await drafts.create(company, operator.email);
  await portal.open(`/demandes/${id}/societe`);
  const second = new Wizard(portal.on(await context.newPage()));
  await second.portal.open(`/demandes/${id}/societe`);
  for (const one of [wizard, second])
    await expect(one.portal.page.getByText(t('wizard:draft.other-tab.title'))).toBeVisible();
  await wizard.companyField('legalName').fill('Tapée dans le premier');
  await expect(second.companyField('legalName')).toHaveValue('Tapée dans le premier');
  await second.companyField('tradeName').fill('Tapée dans le second');
  await expect(wizard.companyField('tradeName')).toHaveValue('Tapée dans le second');
  await second.portal.page.close();
  await expect(portal.page.getByText(t('wizard:draft.other-tab.title'))).toBeHidden();
});

test('the same field changed in two browsers is told, and the operator chooses', async ({
  page,
  portal,
  wizard,
  otherBrowser,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { id } = await drafts.create(company, operator.email);
  await portal.open(`/demandes/${id}/societe`);
  const elsewhere = new Wizard(await otherBrowser());
  await elsewhere.portal.signIn(operator);
  await elsewhere.portal.open(`/demandes/${id}/societe`);
  await elsewhere.companyField('legalName').fill('Nom venu d’ailleurs');
  await elsewhere.expectSaved();

  await wizard.companyField('legalName').fill('Nom d’ici');
  await expect(page.getByText(t('wizard:draft.conflict.title'))).toBeVisible();
  await expectAccessible(page);
  await expect(wizard.companyField('legalName')).toHaveValue('Nom d’ici');
  await portal.button(t('wizard:draft.conflict.mine')).click();
  await wizard.expectSaved();
  expect((await drafts.read(id)).sections.company?.legalName).toBe('Nom d’ici');
});

test('everything that is wrong is told at once, each leading to its field', async ({
  page,
  portal,
  wizard,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { id } = await drafts.create(company, operator.email);
  await portal.open(`/demandes/${id}/societe`);
  await wizard.fillCompany(company);
  await wizard.companyField('ice').fill('12345');
  await wizard.companyField('startDate').fill('01/04/2099');
  await wizard.companyField('phone').fill('12');
  await wizard.companyField('tradeName').fill('');
  await wizard.fillField('company', 'origin', 'domiciliation');
  await wizard.next().press('Enter');
  const summary = portal.summary();
  await expect(summary).toBeFocused();
  const told = {
    ice: t('errors:field.exact_length', { length: 15 }),
    startDate: t('errors:field.date_in_future'),
    phone: t('errors:field.phone_invalid'),
    tradeName: t('errors:field.required'),
    domiciledAt: t('errors:field.required'),
    domiciliationExpiresOn: t('errors:field.required'),
  } as const;
  await expect(summary.getByRole('link')).toHaveCount(Object.keys(told).length);
  for (const [field, value] of Object.entries(told)) {
    const label = t(`reference:company.${field as keyof typeof told}`);
    await summary.getByRole('link', { name: t('common:labelled', { label, value }), exact: true }).click();
    await expect(wizard.companyField(field as keyof typeof told)).toBeFocused();
  }
  await expectAccessible(page);
  // A doubt about check digits warns and lets go on.
  await wizard.companyField('ice').fill('278802788027880');
  await expect(wizard.companyField('ice')).toHaveAccessibleDescription(
    new RegExp(t('errors:warning.ice_check_digits')),
  );
});

test('the same manager twice is told on the card; a removed one can be put back', async ({
  page,
  portal,
  wizard,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany();
  const [first] = company.managers;
  await portal.signIn(operator);
  const { id } = await drafts.create(company, operator.email);
  await drafts.fill(id, company);
  await portal.open(`/demandes/${id}/gerants`);
  await portal.button(t('wizard:managers.add')).click();
  const lastName = wizard.managerField('lastName').and(page.locator(':visible'));
  await expect(lastName).toBeFocused();
  await lastName.fill('Berrada');
  await wizard.managerField('idType').and(page.locator(':visible')).selectOption('cin');
  await wizard.managerField('idNumber').and(page.locator(':visible')).fill(first.idNumber.toLowerCase());
  await expect(page.getByText(t('wizard:managers.repeated')).first()).toBeVisible();
  await expectAccessible(page);
  await portal.button(t('common:action.remove-name', { name: 'Berrada' })).click();
  await expect(portal.button(t('common:action.remove-name', { name: 'Berrada' }))).toBeHidden();
  await portal.button(t('common:action.undo')).click();
  await expect(portal.button(t('common:action.remove-name', { name: 'Berrada' }))).toBeVisible();
});

test('a session that expires while the form is filled in loses nothing', async ({
  page,
  context,
  portal,
  wizard,
  t,
  database,
  drafts,
  operator,
}) => {
  await portal.signIn(operator);
  const { id } = await drafts.create(newCompany(), operator.email);
  await portal.open(`/demandes/${id}/societe`);
  await expect(wizard.companyField('legalName')).toBeVisible();
  await database.query('update sessions set ended_at = now() where account_id = $1', [operator.accountId]);
  await context.clearCookies();
  await wizard.companyField('legalName').fill('Tapée pendant que la session finit');
  const dialog = page.getByRole('dialog', { name: t('shell:session.expired') });
  await portal.field(t('shell:sign-in.password'), dialog).fill(operator.password);
  await portal.button(t('shell:sign-in.action'), dialog).click();
  await expect(dialog).toBeHidden();
  await expect(wizard.companyField('legalName')).toHaveValue('Tapée pendant que la session finit');
  await expect
    .poll(async () => (await drafts.read(id)).sections.company?.legalName)
    .toBe('Tapée pendant que la session finit');
});

test('signing out saves what is typed; what can’t be saved is asked about, and leaves the device', async ({
  page,
  portal,
  wizard,
  t,
  drafts,
  operator,
  consoleErrors,
}) => {
  consoleErrors.allow(/net::ERR_FAILED/);
  await portal.signIn(operator);
  const { id } = await drafts.create(newCompany(), operator.email);
  const legalName = wizard.companyField('legalName');
  const copies = () =>
    page.evaluate(() =>
      Object.keys(window.localStorage).filter((name) => /^rnoce_(draft|message)\./.test(name)),
    );
  await portal.open(`/demandes/${id}/societe`);
  await legalName.fill('Tapée juste avant de partir');
  await portal.signOut();
  expect(await copies()).toEqual([]);
  await portal.signIn(operator);
  expect((await drafts.read(id)).sections.company?.legalName).toBe('Tapée juste avant de partir');

  await portal.open(`/demandes/${id}/societe`);
  await expect(legalName).toHaveValue('Tapée juste avant de partir');
  await page.route(`**/api/v1/subscriptions/${id}/**`, async (route) => {
    if (route.request().method() === 'GET') await route.continue();
    else await route.abort();
  });
  await legalName.fill('Jamais enregistrée');
  const signOut = async () => portal.button(t('common:action.sign-out'), await portal.panel()).click();
  await signOut();
  const dialog = page.getByRole('dialog', { name: t('shell:sign-out.unsaved') });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await portal.button(t('shell:session.stay'), dialog).click();
  await expect(dialog).toBeHidden();
  await expect(legalName).toHaveValue('Jamais enregistrée');
  expect(await copies()).not.toEqual([]);
  await signOut();
  await portal.button(t('shell:sign-out.anyway'), dialog).click();
  await expect(portal.heading(t('portal:sign-in.title'))).toBeVisible();
  expect(await copies()).toEqual([]);
});

test('a draft that is deleted can be taken back, then disappears for good', async ({
  page,
  portal,
  t,
  database,
  drafts,
  operator,
}) => {
  await portal.signIn(operator);
  const { id, code } = await drafts.create(newCompany(), operator.email);
  await portal.open('/demandes');
  const remove = portal.button(t('subscriptions:filing.delete-code', { code }));
  await remove.click();
  await expect(portal.filing()).toBeHidden();
  await portal.button(t('common:action.undo')).click();
  await expect(portal.filing()).toBeVisible();
  await remove.click();
  await portal.button(t('common:action.close')).click();
  await expect(page.getByText(t('subscriptions:requests.empty'))).toBeVisible();
  await expectAccessible(page);
  await expect
    .poll(async () => (await database.query('select 1 from subscriptions where id = $1', [id])).rowCount)
    .toBe(0);
});

test('a manager taken out is put back while the step is open; the offer goes with the step', async ({
  page,
  portal,
  wizard,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany({
    managers: [newManager(), newManager({ lastName: 'Bennis', firstName: 'Omar' })],
  });
  await portal.signIn(operator);
  const { id } = await drafts.create(company, operator.email);
  await drafts.fill(id, company);
  await portal.open(`/demandes/${id}/gerants`);
  const offer = page.getByRole('region', { name: t('common:notification.region') });
  const takeOut = portal.button(t('common:action.remove-name', { name: 'Omar Bennis' }));
  await takeOut.click();
  await expect(takeOut).toBeHidden();
  await portal.button(t('common:action.undo'), offer).click();
  await expect(takeOut).toBeVisible();
  await takeOut.click();
  await expect(offer).toContainText('Omar Bennis');
  await wizard.goOn('documents');
  await expect(offer).toBeEmpty();
  expect((await drafts.read(id)).sections.managers).toHaveLength(1);
});

import { formatDate } from '@rnoce/i18n';
import { makeOperator } from '../../fixtures/accounts.ts';
import { Keyboard } from '../../fixtures/keyboard.ts';
import { newJointCompany, newManager, newPortnetPart, newWindowUser } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test.use({ language: 'ar' });

test('PortNet’s steps in Arabic, by keyboard alone, to the submission; its agent’s dossier, mirrored', async ({
  page,
  portal,
  wizard,
  contract,
  signedInDesk,
  t,
  site,
  database,
  drafts,
  sandbox,
}) => {
  test.slow();
  const legalName = 'شركة الزيتونة للتجارة';
  const operator = await makeOperator({ site, database }, { locale: 'ar', legalName });
  const manager = newManager({ lastName: 'الزروالي', firstName: 'إيمان' });
  const company = newJointCompany({ legalName, managers: [manager] });
  const { singleWindowUsers, contacts, bankAccount } = newPortnetPart({
    singleWindowUsers: [newWindowUser({ lastName: 'البناني', firstName: 'يوسف' })],
  });
  const [user] = singleWindowUsers;
  const [contact] = contacts;
  const keyboard = new Keyboard(page);
  await portal.signIn(operator);
  const { id } = await drafts.create(company, operator.email, ['customs', 'portnet']);
  await drafts.fill(id, company);
  await drafts.uploadAll(id, company);

  await portal.open(`/demandes/${id}/mandataire`);
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByRole('radio', { name: 'إيمان الزروالي' })).toBeChecked();
  await wizard.expectSaved();
  await expectAccessible(page);
  await keyboard.activate(wizard.next());
  await wizard.expectStep('documents');
  await keyboard.activate(wizard.next());

  await wizard.expectStep('singleWindowUsers');
  const ofUser = (field: keyof typeof user) => portal.field(t(`reference:singleWindowUser.${field}`));
  for (const field of ['lastName', 'firstName', 'email', 'cin', 'idAddress'] as const)
    await keyboard.type(ofUser(field), user[field]);
  await keyboard.type(ofUser('idExpiresOn'), formatDate(user.idExpiresOn));
  await expectAccessible(page);
  await keyboard.activate(wizard.next());

  await wizard.expectStep('contacts');
  for (const field of ['email', 'lastName', 'firstName'] as const)
    await keyboard.type(portal.field(t(`reference:contact.${field}`)), contact[field]);
  await keyboard.choose(
    portal.field(t('reference:contact.department')),
    t(`reference:department.${contact.department}`),
  );
  await expectAccessible(page);
  await keyboard.activate(wizard.next());

  await wizard.expectStep('bankAccount');
  await keyboard.pick(portal.field(t('reference:bankAccount.bank')), bankAccount.bank);
  await keyboard.type(portal.field(t('reference:bankAccount.rib')), bankAccount.rib);
  await keyboard.type(portal.field(t('reference:bankAccount.branchAddress')), bankAccount.branchAddress);
  await expectAccessible(page);
  await keyboard.activate(wizard.next());

  await wizard.expectStep('contract');
  await keyboard.activate(portal.button(t('wizard:contract.establish')));
  const signed = await sandbox.sign(await contract.download((link) => keyboard.activate(link)));
  await keyboard.goTo(contract.way('electronic'));
  const chooser = page.waitForEvent('filechooser');
  await keyboard.activate(wizard.chooseButton('contract'));
  await (await chooser).setFiles(signed);
  await contract.expectResult('valid', signed.name);
  await expectAccessible(page);
  await keyboard.activate(wizard.next());

  await wizard.expectStep('review');
  await expectAccessible(page);
  await keyboard.activate(portal.checkbox(t('wizard:review.accept')), 'Space');
  await keyboard.activate(portal.button(t('wizard:review.submit')));
  const dialog = page.getByRole('dialog', { name: t('wizard:review.confirm.title') });
  await keyboard.activate(portal.button(t('wizard:review.submit'), dialog));
  await expect(portal.heading(t('wizard:sent.title'))).toBeVisible();
  await portal.open('/demandes');
  await expect(portal.filing('portnet')).toContainText(t('reference:filing-status.in_review'));
  await expectAccessible(page);

  const { code } = await drafts.read(id);
  const desk = await signedInDesk('Reda Amrani', 'decider', 'portnet');
  await desk.open({ code, legalName });
  await desk.show('contract');
  await expect(desk.page.getByText(t('contracts:outcome.valid'))).toBeVisible();
  await expectAccessible(desk.page);
  await desk.validate();
  const mail = await sandbox.inbox.lastMailTo(user.email, {
    subject: t('emails:single_window_account_opened.subject'),
  });
  expect(mail.html).toContain('dir="rtl"');
  await portal.open('/demandes');
  await expect(portal.filing('portnet')).toContainText(t('subscriptions:filing.next-accounts.opened'));
  await expectAccessible(page);
});

import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, test } from '../../fixtures/test.ts';

test('offline, what is typed is kept and told; back online, it is saved by itself', async ({
  page,
  context,
  portal,
  wizard,
  t,
  consoleErrors,
  drafts,
  operator,
}) => {
  consoleErrors.allow(/net::ERR_INTERNET_DISCONNECTED/);
  await portal.signIn(operator);
  const { id } = await drafts.create(newCompany(), operator.email);
  await portal.open(`/demandes/${id}/societe`);
  await wizard.companyField('legalName').fill('Tapée en ligne');
  await wizard.expectSaved();
  await context.setOffline(true);
  await wizard.companyField('legalName').fill('Tapée hors connexion');
  await expect(page.getByText(t('common:save-state.offline'))).toBeVisible();
  await expect(page.getByText(t('shell:offline.title'))).toBeVisible();
  await context.setOffline(false);
  await wizard.expectSaved();
  await expect(page.getByText(t('shell:offline.title'))).toBeHidden();
  expect((await drafts.read(id)).sections.company?.legalName).toBe('Tapée hors connexion');
});

test('what could not be saved before the page was closed is not lost', async ({
  page,
  context,
  portal,
  wizard,
  t,
  consoleErrors,
  drafts,
  operator,
}) => {
  consoleErrors.allow(/net::ERR_INTERNET_DISCONNECTED/);
  await portal.signIn(operator);
  const { id } = await drafts.create(newCompany(), operator.email);
  await portal.open(`/demandes/${id}/societe`);
  await expect(wizard.companyField('legalName')).toBeVisible();
  await context.setOffline(true);
  await wizard.companyField('legalName').fill('Tapée juste avant la fermeture');
  await expect(page.getByText(t('common:save-state.offline'))).toBeVisible();
  // As a person closes a tab: the page hears of it.
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => context.pages().length).toBe(0);
  await context.setOffline(false);
  const again = portal.on(await context.newPage());
  // The closing tab's last request may still reach the server; else its copy on this device is taken up. The browser may write either
  // after the tab has gone: a person takes longer to come back.
  await expect(async () => {
    await again.open(`/demandes/${id}/societe`);
    await expect(again.field(t('reference:company.legalName'))).toHaveValue(
      'Tapée juste avant la fermeture',
      {
        timeout: 5_000,
      },
    );
  }).toPass({ timeout: 75_000 });
  await expect
    .poll(async () => (await drafts.read(id)).sections.company?.legalName)
    .toBe('Tapée juste avant la fermeture');
});

test('on a slow network a document shows its progress, and typing goes on', async ({
  page,
  context,
  portal,
  wizard,
  t,
  drafts,
  operator,
}) => {
  await portal.signIn(operator);
  const { id } = await drafts.create(newCompany(), operator.email);
  await portal.open(`/demandes/${id}/documents`);
  await expect(wizard.slot('identity')).toBeVisible();
  const network = await context.newCDPSession(page);
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 8_000,
  });
  await wizard.chooseFile('identity', await soundPdf('Pièce d’identité', 'cin.pdf'));
  const progress = wizard.slot('identity').getByRole('progressbar');
  await expect(progress).toBeVisible();
  await wizard.goTo('company');
  await wizard.companyField('legalName').fill('Tapée pendant l’envoi');
  await wizard.expectSaved();
  await wizard.goTo('documents');
  await wizard.expectGiven('identity', 'cin.pdf');
  const saved = await drafts.read(id);
  expect(saved.sections.company?.legalName).toBe('Tapée pendant l’envoi');
  await expect(page.getByText(t('common:save-state.error'))).toBeHidden();
});

import { randomUUID } from 'node:crypto';
import { call, declareEndpoint, makeIntegrator } from '../../fixtures/integrators.ts';
import { newEmail } from '../../fixtures/people.ts';
import { startReceiver } from '../../fixtures/receiver.ts';
import { ask } from '../../fixtures/sessions.ts';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';

test('an integrator and its key: shown once, at work from a program, refused once it is revoked', async ({
  site,
  signedInDesk,
  t,
}) => {
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  await page.getByRole('link', { name: t('desk:navigation.administration') }).click();
  await page.getByRole('link', { name: t('administration:nav.integrators') }).click();
  await expect(desk.heading(t('integrators:list.title'))).toBeFocused();
  await page.getByRole('link', { name: t('integrators:list.new') }).click();

  await expect(desk.heading(t('integrators:new.title'))).toBeFocused();
  await desk.button(t('integrators:new.action')).click();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(3);
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  const name = `Facturation ${randomUUID().slice(0, 8)}`;
  await desk.field(t('integrators:kind.issuer')).and(page.getByRole('combobox')).selectOption('TUV');
  await desk.field(t('integrators:new.name')).fill(name);
  await desk.field(t('integrators:one.email')).fill(newEmail('si'));
  await desk.button(t('integrators:new.action')).click();
  await expect(desk.heading(name)).toBeVisible();
  await expect(page.getByText(t('integrators:keys.empty-detail'))).toBeVisible();

  await desk.button(t('integrators:keys.new')).click();
  const form = page.getByRole('dialog', { name: t('integrators:new-key.title') });
  await expect(form.getByRole('checkbox')).toHaveCount(4);
  await form.getByRole('checkbox', { name: t('integrators:scope.invoices-read') }).check();
  const addresses = desk.field(t('integrators:new-key.addresses'), form);
  await addresses.fill('127.0.0.0/8\n\nnotre serveur\n::1');
  await desk.button(t('integrators:new-key.action'), form).click();
  // Each at its line: the third, a blank one before it.
  const wrong = t('common:line.of', { label: t('integrators:new-key.addresses'), line: 3 });
  await form.getByRole('alert').getByRole('link', { name: wrong }).click();
  await expect(addresses).toBeFocused();
  expect(await page.evaluate(() => window.getSelection()?.toString())).toBe('notre serveur');
  await expectAccessible(page);
  await addresses.fill('127.0.0.0/8\n::1');
  await desk.field(t('integrators:new-key.name'), form).fill('Serveur de facturation');
  await desk.button(t('integrators:new-key.action'), form).click();

  const shown = page.getByRole('dialog', {
    name: t('integrators:shown-key.title', { name: 'Serveur de facturation' }),
  });
  const key = await shown.getByText(/^rnoce_\w{12}_\w{40}$/).innerText();
  await page.keyboard.press('Escape');
  await desk.button(t('integrators:shown-key.done'), shown).click();
  await expect(shown.getByText(t('integrators:shown-key.keep-first'))).toBeVisible();
  await expect(shown.getByRole('checkbox')).toBeFocused();
  await expectAccessible(page);
  await shown.getByRole('checkbox').check();
  await desk.button(t('integrators:shown-key.done'), shown).click();
  await expect(shown).toBeHidden();
  const card = page.getByRole('article').filter({ hasText: 'Serveur de facturation' });
  await expect(card).toContainText(key.slice(0, 18));
  await expect(page.getByText(key)).toHaveCount(0);
  await expect(card).toContainText(t('desk:never'));
  await expectAccessible(page);
  await expectAccessibleInArabic(page);

  const read = await call(site, key, '/invoices');
  expect(read.status).toBe(200);
  expect((await call(site, key, '/payments')).status).toBe(403);
  await expect(async () => {
    await page.reload();
    await expect(card).not.toContainText(t('desk:never'), { timeout: 2000 });
  }).toPass();

  const named = t('integrators:key.revoke-name', { name: 'Serveur de facturation' });
  await desk.button(named, card).click();
  await desk.button(t('integrators:key.revoke-confirm'), page.getByRole('dialog', { name: named })).click();
  await expect(page.getByText(t('integrators:keys.empty-detail'))).toBeVisible();
  await expect(page.getByRole('heading', { name: t('integrators:keys.title') })).toBeFocused();
  const refused = await call(site, key, '/invoices');
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'key_refused' });
});

test('a suspended integrator is refused, and works again; another authority’s administrator does not see it', async ({
  signedInDesk,
  t,
}) => {
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  const own = { kind: 'authority', authority: 'customs', name: 'Système BADR', email: newEmail('si') };
  const { id } = (await ask(page, '/admin/integrators', own)) as { id: string };
  await page.goto(`/agents/administration/integrateurs/${id}`);
  await desk.button(t('integrators:one.suspend')).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toContainText(own.name);
  await desk.button(t('integrators:one.suspend'), dialog).click();
  await expect(page.getByText(t('integrators:one.suspended-detail'))).toBeVisible();
  await expectAccessible(page);
  await desk.button(t('integrators:one.resume')).click();
  await expect(page.getByText(t('integrators:one.suspended-detail'))).toBeHidden();
  await desk.button(t('integrators:one.change')).click();
  const form = page.getByRole('dialog', { name: t('integrators:one.change-title') });
  await desk.field(t('integrators:new.name'), form).fill('Système de la douane, Rabat');
  await desk.button(t('common:action.save'), form).click();
  await expect(desk.heading('Système de la douane, Rabat')).toBeVisible();

  const portnet = await signedInDesk('Karim Sqalli', 'administrator', 'portnet');
  await portnet.page.goto(`/agents/administration/integrateurs/${id}`);
  await expect(
    portnet.page.getByRole('heading', { name: t('integrators:one.unknown'), exact: true }),
  ).toBeVisible();
  const decider = await signedInDesk('Nadia El Fassi');
  await decider.page.goto(`/agents/administration/integrateurs/${id}`);
  await expect(decider.heading(t('desk:queue.title'))).toBeVisible();
  await expect(decider.page.getByRole('link', { name: t('desk:navigation.administration') })).toHaveCount(0);
});

test('the journal of an endpoint: a test it refuses, each try with its answer, sent again until it is taken', async ({
  site,
  signedInDesk,
  t,
}) => {
  const receiver = await startReceiver();
  receiver.answer(500, 'Base de données arrêtée');
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  const { id, name, key } = await makeIntegrator(desk);
  const endpoint = await declareEndpoint(site, key, receiver.url);
  await page.goto('/agents/administration/integrateurs');
  await page.getByRole('searchbox', { name: t('integrators:list.search') }).fill(name);
  await page.getByRole('link', { name }).click();
  const card = page.getByRole('article').filter({ hasText: receiver.url });
  await expect(card).toContainText(t('integrators:endpoint.unused'));
  await desk.button(t('integrators:endpoint.test-name', { url: receiver.url }), card).click();

  await expect(desk.heading(t('integrators:event.endpoint.test'))).toBeVisible();
  await expect(page.getByText(t('integrators:attempt.status', { status: 500 }))).toBeVisible();
  await expect(page.getByText('Base de données arrêtée')).toBeVisible();
  const body = page.getByRole('region', { name: t('integrators:delivery.body') });
  await expect(body).toContainText('"type": "endpoint.test"');
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'endpoint.test' });
  await expectAccessible(page);
  await expectAccessibleInArabic(page);

  receiver.answer(200, 'Noté');
  await desk.button(t('integrators:delivery.redeliver')).click();
  await expect(page.getByText('Noté')).toBeVisible();
  const attempts = page.getByRole('region', { name: t('integrators:delivery.attempts') });
  await expect(attempts.getByText(t('integrators:attempt.took'), { exact: true })).toHaveCount(1);
  expect(new Set(receiver.received.map((one) => one.id)).size).toBe(1);

  await page.getByRole('link', { name: t('integrators:delivery.back') }).click();
  await expect(desk.heading(t('integrators:journal.title'))).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`/integrateurs/${id}/reception/${endpoint}$`));
  const row = page.getByRole('row').filter({ hasText: 'endpoint.test' });
  await expect(row).toContainText(t('integrators:delivery.status.delivered'));
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  await page.getByRole('link', { name: t('integrators:delivery.statuses.failed') }).click();
  await expect(page.getByText(t('integrators:journal.nothing'))).toBeVisible();
  await expect(page).toHaveURL(/status=failed/);

  await desk.button(t('integrators:journal.redeliver-failed')).click();
  const since = page.getByRole('dialog', { name: t('integrators:redeliver.title') });
  await expectAccessible(page);
  await desk.button(t('integrators:redeliver.action'), since).click();
  await expect(since).toBeHidden();

  await desk.button(t('integrators:endpoint.disable-name', { url: receiver.url })).click();
  await expect(page.getByText(t('integrators:endpoint.disabled-administrator'))).toBeVisible();
  await desk.button(t('integrators:endpoint.enable-name', { url: receiver.url })).click();
  await expect(page.getByText(t('integrators:endpoint.disabled-administrator'))).toBeHidden();
  await receiver.close();
});

test.describe('on a phone, in Arabic', () => {
  test.use({ language: 'ar' });

  test('the list, an integrator and a new key', async ({ signedInDesk, t }) => {
    const desk = await signedInDesk('Driss Bennani', 'administrator');
    const { page } = desk;
    await page.setViewportSize({ width: 390, height: 844 });
    const { id, name } = await makeIntegrator(desk);
    await page.goto('/agents/administration/integrateurs?kind=issuer');
    await expect(page.getByRole('row').first()).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/agents/administration/integrateurs/${id}`);
    await expect(desk.heading(name)).toBeVisible();
    await desk.button(t('integrators:keys.new')).click();
    await expect(page.getByRole('dialog').getByRole('checkbox')).toHaveCount(4);
    await expectAccessible(page);
  });
});

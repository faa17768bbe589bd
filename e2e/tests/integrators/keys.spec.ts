import { call, declareEndpoint, makeIntegrator } from '../../fixtures/integrators.ts';
import { startReceiver } from '../../fixtures/receiver.ts';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';

test('a key that may be in other hands: what it could change stops at once, and has new secrets', async ({
  site,
  signedInDesk,
  database,
  t,
}) => {
  const receiver = await startReceiver();
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  const { id, key } = await makeIntegrator(desk);
  const endpoint = await declareEndpoint(site, key, receiver.url);
  const secretOf = async () => {
    const { rows } = await database.query('select secret from webhook_endpoints where id = $1', [endpoint]);
    return String(rows[0].secret);
  };
  const before = await secretOf();
  await page.goto(`/agents/administration/integrateurs/${id}`);
  const named = t('integrators:key.revoke-name', { name: 'Serveur' });
  await desk.button(named).click();
  const dialog = page.getByRole('dialog', { name: named });
  await expect(dialog.getByText(receiver.url)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('checkbox', { name: t('integrators:key.compromised') }).check();
  await desk.button(t('integrators:key.compromised-confirm'), dialog).click();
  await expect(page.getByText(t('integrators:key.compromised-notice'))).toBeVisible();
  await expect(page.getByText(t('integrators:endpoint.disabled-key_compromised'))).toBeVisible();
  const history = page.getByRole('region', { name: t('administration:history.title') });
  await expect(history).toContainText(t('administration:history.act.api_key_compromised'));
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  expect((await call(site, key, '/invoices')).status).toBe(401);
  expect(await secretOf()).not.toBe(before);
  await receiver.close();
});

test('a leak that is known after the key was revoked is reported all the same', async ({
  site,
  signedInDesk,
  t,
}) => {
  const receiver = await startReceiver();
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  const { id, key } = await makeIntegrator(desk);
  await declareEndpoint(site, key, receiver.url);
  await page.goto(`/agents/administration/integrateurs/${id}`);
  const named = t('integrators:key.revoke-name', { name: 'Serveur' });
  await desk.button(named).click();
  await desk.button(t('integrators:key.revoke-confirm'), page.getByRole('dialog', { name: named })).click();
  await expect(page.getByText(t('integrators:keys.empty-detail'))).toBeVisible();
  await expect(page.getByText(t('integrators:endpoint.disabled-key_compromised'))).toHaveCount(0);

  await page.getByText(t('integrators:keys.former', { count: 1 })).click();
  const reported = t('integrators:key.report-name', { name: 'Serveur' });
  await desk.button(reported).click();
  const dialog = page.getByRole('dialog', { name: reported });
  await expect(dialog.getByText(receiver.url)).toBeVisible();
  await desk.button(t('integrators:key.report-confirm'), dialog).click();
  await expect(page.getByText(t('integrators:key.reported-notice'))).toBeVisible();
  const card = page.getByRole('article').filter({ hasText: 'Serveur' });
  await expect(card.getByText(t('integrators:key.leaked'), { exact: true })).toBeVisible();
  await expect(card.getByText(t('integrators:key.leaked-at'))).toBeVisible();
  await expect(desk.button(reported)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: t('integrators:keys.title'), exact: true })).toBeFocused();
  await expect(page.getByText(t('integrators:endpoint.disabled-key_compromised'))).toBeVisible();
  await receiver.close();
});

test('a new key whose answer is lost: what to do is said, and the key stands in the list', async ({
  signedInDesk,
  consoleErrors,
  t,
}) => {
  consoleErrors.allow(/net::ERR_FAILED/);
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  const { id } = await makeIntegrator(desk);
  await page.goto(`/agents/administration/integrateurs/${id}`);
  await page.route('**/api/v1/admin/api-keys', async (route) => {
    if (route.request().method() !== 'POST') return await route.fallback();
    await route.fetch();
    await route.abort();
  });
  await desk.button(t('integrators:keys.new')).click();
  const form = page.getByRole('dialog', { name: t('integrators:new-key.title') });
  const name = desk.field(t('integrators:new-key.name'), form);
  await name.fill('Serveur de secours');
  await form.getByRole('checkbox', { name: t('integrators:scope.invoices-read') }).check();
  await desk.button(t('integrators:new-key.action'), form).click();
  await expect(form.getByText(t('integrators:new-key.answer-lost'))).toBeVisible();
  await expect(form.getByRole('alert')).toBeFocused();
  await expect(name).toHaveValue('Serveur de secours');
  await expectAccessible(page);
  await desk.button(t('common:action.cancel'), form).click();
  await expect(page.getByRole('article').filter({ hasText: 'Serveur de secours' })).toBeVisible();
});

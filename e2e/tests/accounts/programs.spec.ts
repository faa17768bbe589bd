import { call, declareEndpoint } from '../../fixtures/integrators.ts';
import { makeInvoices } from '../../fixtures/invoices.ts';
import { newEmail } from '../../fixtures/people.ts';
import { startReceiver } from '../../fixtures/receiver.ts';
import { ask } from '../../fixtures/sessions.ts';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';

const PHONE = { width: 360, height: 740 };

test('a key that acts for an operator: they are told, see what it opens, and end it', async ({
  site,
  sandbox,
  page,
  portal,
  operator,
  signedInDesk,
  database,
  t,
}) => {
  await page.setViewportSize(PHONE);
  await portal.signIn(operator);
  const title = t('programs:title');
  await portal.open('/mes-informations');
  await expect(portal.heading(t('portal:information.title'))).toBeVisible();
  await expect(page.getByRole('heading', { name: t('portal:export.title') })).toBeVisible();
  await expect(page.getByRole('heading', { name: title })).toHaveCount(0);

  const { code } = await makeInvoices(database, [{ centimes: 2_000 }]);
  await database.query(
    `insert into subscription_codes (code, ice, legal_name, account_id) values ($1, '009970001000000', $2, $3)`,
    [code, operator.legalName, operator.accountId],
  );
  const desk = await signedInDesk('Driss Bennani', 'administrator', 'portnet');
  const integrator = { kind: 'operator', subscriptionCode: code, name: 'Gestion Atlas', locale: 'fr' };
  const made = await ask(desk.page, '/admin/integrators', { ...integrator, email: newEmail('si') });
  const { id } = made as { id: string };
  const { key, hint } = (await ask(desk.page, '/admin/api-keys', {
    integratorId: id,
    name: 'Serveur',
    scopes: ['subscriptions:read', 'invoices:read', 'webhooks:manage'],
    expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  })) as { key: string; hint: string };
  const receiver = await startReceiver();
  await declareEndpoint(site, key, receiver.url);
  expect((await call(site, key, '/account/invoices')).status).toBe(200);

  const mail = await sandbox.inbox.lastMailTo(operator.email, { subject: t('emails:api_key_made.subject') });
  for (const told of ['Gestion Atlas', hint, t('reference:authority.portnet')])
    expect(mail.text).toContain(told);
  expect(mail.text).toContain(t('reference:key-scope.subscriptions'));
  expect(mail.text).not.toContain(key);
  await page.goto(sandbox.inbox.linkIn(mail, '/mes-informations'));

  const section = page.getByRole('region', { name: title });
  await expect(section).toContainText('Gestion Atlas');
  await expect(section).toContainText(hint);
  await expect(section.getByText(t('reference:key-scope.invoices'))).toBeVisible();
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  const named = t('programs:withdraw-name', { name: 'Gestion Atlas, Serveur' });
  await portal.button(named, section).click();
  const dialog = page.getByRole('dialog', { name: named });
  await expect(dialog.getByText(t('programs:withdraw-webhooks'))).toBeVisible();
  await expectAccessible(page);
  await portal.button(t('programs:withdraw-keep'), dialog).click();
  await expect(dialog).toHaveCount(0);
  expect((await call(site, key, '/account/invoices')).status).toBe(200);

  await portal.button(named, section).click();
  await portal.button(t('programs:withdraw'), dialog).click();
  await expect(section.getByText(t('programs:withdrawn'))).toBeVisible();
  await expect(section.getByRole('heading', { name: title })).toBeFocused();
  await expect(section.getByText(t('programs:status.revoked'), { exact: true })).toBeVisible();
  await expect(portal.button(named, section)).toHaveCount(0);
  expect((await call(site, key, '/account/invoices')).status).toBe(401);
  await expectAccessible(page);

  await desk.page.goto(`/agents/administration/integrateurs/${id}`);
  const history = desk.page.getByRole('region', { name: t('administration:history.title') });
  await expect(history).toContainText(t('administration:history.act.api_key_withdrawn'));
  await expect(history).toContainText(operator.legalName);
  await expect(desk.page.getByText(t('integrators:endpoint.disabled-operator'))).toBeVisible();
  await expect(
    desk.button(t('integrators:endpoint.enable-name', { url: receiver.url }), desk.page),
  ).toHaveCount(0);
  await receiver.close();
});

import { randomUUID } from 'node:crypto';
import { newEmail } from '../../fixtures/people.ts';
import { ask } from '../../fixtures/sessions.ts';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';

test('an agent is invited, given another role, suspended, restored, and sent another link', async ({
  signedInDesk,
  database,
  t,
}) => {
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  await page.getByRole('link', { name: t('desk:navigation.administration') }).click();
  await expect(desk.heading(t('administration:agents.title'))).toBeFocused();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  await page.getByRole('link', { name: t('administration:agents.invite') }).click();

  await expect(desk.heading(t('administration:invite.title'))).toBeFocused();
  const invite = desk.button(t('administration:invite.action'));
  await invite.click();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(3);
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  const name = `Salma Temsamani ${randomUUID().slice(0, 4)}`;
  const email = newEmail('agent');
  await desk.field(t('administration:agent.name')).fill(name);
  await page.getByRole('radio', { name: t('reference:agent-role.decider') }).check();
  // An address that an agent has already: told at the field, and nothing typed is lost.
  const { rows } = await database.query('select email from agents order by created_at limit 1');
  await desk.field(t('administration:agent.email')).fill(rows[0].email);
  await invite.click();
  await expect(page.getByText(t('errors:field.email_in_use')).first()).toBeVisible();
  await expect(desk.field(t('administration:agent.name'))).toHaveValue(name);
  await desk.field(t('administration:agent.email')).fill(email);
  await invite.click();

  await expect(desk.heading(name)).toBeVisible();
  await expect(page.getByText(t('administration:agent.invited-detail'))).toBeVisible();
  await expect(desk.button(t('administration:agent.renew'))).toHaveCount(0);
  await desk.button(t('administration:agent.change')).click();
  const form = page.getByRole('dialog', { name: t('administration:agent.change-title') });
  await expect(form.getByRole('radio', { name: t('reference:agent-role.decider') })).toBeChecked();
  await form.getByRole('radio', { name: t('reference:agent-role.finance') }).check();
  await expectAccessible(page);
  await desk.button(t('common:action.save'), form).click();
  await expect(form).toBeHidden();
  const facts = page.getByRole('definition');
  await expect(facts.filter({ hasText: t('reference:agent-role.finance') })).toBeVisible();

  await desk.button(t('administration:agent.suspend')).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(t('administration:agent.suspend-detail'))).toBeVisible();
  // Finances hold no dossier.
  await expect(dialog.getByText(t('administration:agent.suspend-held'))).toHaveCount(0);
  await expectAccessible(page);
  await desk.button(t('administration:agent.suspend'), dialog).click();
  await expect(page.getByText(t('administration:agent.suspended-detail'))).toBeVisible();
  await expect(desk.button(t('administration:agent.resend'))).toHaveCount(0);
  await expect(desk.button(t('administration:agent.restore'))).toBeFocused();
  await desk.button(t('administration:agent.restore')).click();
  await expect(page.getByText(t('administration:agent.expired-detail'))).toBeVisible();
  await desk.button(t('administration:agent.resend')).click();
  await expect(page.getByText(t('administration:agent.invited-detail'))).toBeVisible();

  const history = page.getByRole('region', { name: t('administration:history.title') });
  const entries = history.getByRole('list').getByRole('listitem');
  await expect(entries).toHaveCount(5);
  await expect(entries.nth(0)).toContainText(t('administration:history.act.agent_access_renewed'));
  await expect(entries.nth(1)).toContainText(t('administration:history.act.agent_restored'));
  await expect(entries.nth(2)).toContainText(t('administration:history.act.agent_suspended'));
  await expect(entries.nth(3)).toContainText(t('reference:agent-role.decider'));
  await expect(entries.nth(3)).toContainText(t('reference:agent-role.finance'));
  await expect(entries.nth(4)).toContainText(t('administration:history.act.agent_invited'));
  await expectAccessible(page);
  await expectAccessibleInArabic(page);

  await page.getByRole('link', { name: t('administration:agent.back') }).click();
  await page.getByRole('link', { name: t('administration:agents.status.invited') }).click();
  await page.getByLabel(t('administration:agent.role')).selectOption('finance');
  await page.getByRole('searchbox', { name: t('administration:agents.search') }).fill(email);
  const row = page.getByRole('row').filter({ hasText: email });
  await expect(row).toContainText(t('administration:agent.status.invited'));
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: t('administration:agents.status.suspended') }).click();
  await expect(page.getByText(t('administration:agents.nothing'))).toBeVisible();
});

test('the access of an agent who lost their telephone stops at once; one’s own is another administrator’s affair', async ({
  signedInDesk,
  t,
}) => {
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const colleague = await signedInDesk('Nadia El Fassi');
  const { page } = desk;
  const idOf = async ({ page: own }: typeof desk) => {
    const answer = await own.request.get('/api/v1/agent-sessions/current');
    return ((await answer.json()) as { agent: { id: string } }).agent.id;
  };
  await page.goto(`/agents/administration/agents/${await idOf(colleague)}`);
  await desk.button(t('administration:agent.renew')).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(t('administration:agent.renew-detail'))).toBeVisible();
  await expectAccessible(page);
  await desk.button(t('administration:agent.renew'), dialog).click();
  await expect(page.getByText(t('administration:agent.invited-detail'))).toBeVisible();
  const refused = await colleague.page.request.get('/api/v1/agent-sessions/current');
  expect(refused.status()).toBe(401);

  await page.goto(`/agents/administration/agents/${await idOf(desk)}`);
  await expect(page.getByText(t('administration:agent.own'))).toBeVisible();
  await expect(desk.button(t('administration:agent.suspend'))).toHaveCount(0);
  await expect(desk.button(t('administration:agent.renew'))).toHaveCount(0);
  await desk.button(t('administration:agent.change')).click();
  const form = page.getByRole('dialog', { name: t('administration:agent.change-title') });
  await expect(form.getByRole('radio')).toHaveCount(0);
  await desk.field(t('administration:agent.name'), form).fill('Driss Bennani Alaoui');
  await desk.button(t('common:action.save'), form).click();
  // The bar says who is signed in.
  await expect(page.getByRole('banner').getByText('Driss Bennani Alaoui')).toBeVisible();
  await expectAccessible(page);
});

test('another authority’s agents, and who is no administrator, see none of it', async ({
  signedInDesk,
  t,
}) => {
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const invited = await ask(desk.page, '/admin/agents', {
    name: 'Yassine Berrada',
    email: newEmail('agent'),
    role: 'decider',
    locale: 'ar',
  });
  const { id } = invited as { id: string };
  const portnet = await signedInDesk('Karim Sqalli', 'administrator', 'portnet');
  await portnet.page.goto(`/agents/administration/agents/${id}`);
  await expect(portnet.page.getByText(t('administration:agent.unknown'), { exact: true })).toBeVisible();
  const decider = await signedInDesk('Nadia El Fassi');
  await decider.page.goto('/agents/administration/agents');
  await expect(decider.heading(t('desk:queue.title'))).toBeVisible();
});

test('a history longer than a page', async ({ signedInDesk, t }) => {
  const desk = await signedInDesk('Driss Bennani', 'administrator');
  const { page } = desk;
  const body = { name: 'Yassine Berrada', email: newEmail('agent'), role: 'decider', locale: 'fr' };
  const { id } = (await ask(page, '/admin/agents', body)) as { id: string };
  for (const locale of ['ar', 'en', 'fr', 'ar', 'en', 'fr', 'ar', 'en', 'fr', 'ar'])
    await page.request.patch(`/api/v1/admin/agents/${id}`, { data: { locale } });
  await page.goto(`/agents/administration/agents/${id}`);
  const history = page.getByRole('region', { name: t('administration:history.title') });
  await expect(history.getByRole('listitem')).toHaveCount(10);
  await expect(history.getByRole('listitem').first()).toContainText('العربية');
  await history.getByRole('link', { name: t('common:action.next') }).click();
  await expect(history.getByRole('listitem')).toHaveCount(1);
  await expect(history).toContainText(t('administration:history.act.agent_invited'));
  await page.goBack();
  await expect(history.getByRole('listitem')).toHaveCount(10);
});

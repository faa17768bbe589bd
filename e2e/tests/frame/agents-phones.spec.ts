import { makeCustomsAccount } from '../../fixtures/customs-accounts.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

const phone = { width: 360, height: 740 };

test('on a phone the orders and their filters keep to the width of the screen', async ({
  signedInDesk,
  t,
}) => {
  const desk = await signedInDesk('Samir Lahlou', 'finance');
  const { page } = desk;
  await page.setViewportSize(phone);
  await expectAccessible(page);
  // Day first, whatever the browser's own language; what is no date is said, and leaves the list alone.
  const from = desk.field(t('finance:orders.from'));
  await from.fill('31/02/2026');
  await from.press('Tab');
  await expect(page.getByText(t('errors:field.date_invalid'))).toBeVisible();
  await expect(page).not.toHaveURL(/from=/);
  await from.fill('2/11/2026');
  await expect(page).toHaveURL(/from=2026-11-02/);
  await expect(from).toHaveValue('2/11/2026');
  await from.press('Tab');
  await expect(from).toHaveValue('02/11/2026');
});

test('on a phone the dossier of an operation keeps to the width of the screen', async ({
  portal,
  operations,
  operator,
  signedInDesk,
  t,
  sandbox,
  database,
}) => {
  await makeCustomsAccount({ database, sandbox }, operator, newCompany());
  await portal.signIn(operator);
  const { id } = await operations.send('update', { company: { phone: '+212522470102' } });
  const desk = await signedInDesk();
  await desk.page.setViewportSize(phone);
  await desk.page.goto(`/agents/operations/${id}`);
  await expect(desk.button(t('operations-desk:decision.accept.update'))).toBeVisible();
  await expectAccessible(desk.page);
});

test('on a phone the dashboard opens on the last weeks', async ({ signedInDesk, t }) => {
  const desk = await signedInDesk();
  const { page } = desk;
  await page.setViewportSize(phone);
  await page.goto('/agents/tableau-de-bord');
  const chart = page.getByRole('region', { name: t('desk:dashboard.volumes') });
  await expect(chart).toBeVisible();
  const left = await chart.evaluate((box) => ({
    behind: Math.round(box.scrollLeft),
    ahead: Math.round(box.scrollWidth - box.clientWidth - box.scrollLeft),
  }));
  expect(left.behind).toBeGreaterThan(0);
  expect(left.ahead).toBe(0);
});

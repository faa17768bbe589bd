import { expect, test } from '../../fixtures/test.ts';

const chunk = /information-screen-[^/]*\.js$/;

test('a page that can’t be fetched says that the network is gone, and comes by itself', async ({
  page,
  context,
  portal,
  t,
  consoleErrors,
  operator,
}) => {
  consoleErrors.allow(/net::ERR_INTERNET_DISCONNECTED|dynamically imported module/);
  await portal.signIn(operator);
  const entry = portal.link(t('portal:panel.information'), await portal.panel());
  await context.setOffline(true);
  await entry.click();
  await expect(page.getByText(t('errors:boundary.unreachable'))).toBeVisible();
  await expect(page.getByText(t('errors:boundary.update'))).toBeHidden();
  await context.setOffline(false);
  await expect(portal.heading(t('portal:information.title'))).toBeVisible();
});

test('a page that is gone with its version asks to be reloaded', async ({
  page,
  portal,
  t,
  consoleErrors,
  operator,
}) => {
  consoleErrors.allow(/404|dynamically imported module/);
  await portal.signIn(operator);
  await page.route(chunk, (route) => route.fulfill({ status: 404, body: '' }));
  await portal.link(t('portal:panel.information'), await portal.panel()).click();
  await expect(page.getByText(t('errors:boundary.update'))).toBeVisible();
  await page.unroute(chunk);
  await portal.button(t('common:action.reload')).click();
  await expect(portal.heading(t('portal:information.title'))).toBeVisible();
});

for (const [application, address] of [
  ['portal', '/espace-prive/connexion'],
  ['backoffice', '/agents/connexion'],
] as const) {
  test(`${application}: while its first screen is under way, the frame and a skeleton stand`, async ({
    page,
    t,
  }) => {
    const held = Promise.withResolvers<void>();
    await page.route(/sign-in-screen-[^/]*\.js$/, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.goto(address, { waitUntil: 'commit' });
    await expect(page.getByRole('banner')).toBeVisible();
    await expect(page.getByRole('main').getByText(t('common:loading'))).toBeAttached();
    held.resolve();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
}

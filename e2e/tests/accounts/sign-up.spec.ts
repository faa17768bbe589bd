import { anyOf } from '../../fixtures/messages.ts';
import { newEmail, PASSWORD } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('an operator signs up, chooses a password by the link, signs in, stays signed in and signs out', async ({
  page,
  portal,
  t,
  sandbox,
  database,
}) => {
  const email = newEmail();
  await portal.open('/');
  await expect(portal.heading(t('portal:sign-in.title'))).toBeVisible();
  await expectAccessible(page);

  await portal.link(t('portal:sign-in.sign-up')).click();
  await expect(portal.heading(t('portal:sign-up.title'))).toBeFocused();
  await expectAccessible(page);
  await portal.field(t('portal:sign-up.legal-name')).fill('Comptoir des Oliviers SARL');
  await portal.field(t('portal:sign-up.address')).fill('4, rue du Port, Casablanca');
  await portal.field(t('portal:sign-up.email')).fill(email.toUpperCase());
  await portal.field(t('portal:sign-up.phone')).fill('06 61 76 76 20');
  await portal.button(t('portal:sign-up.action')).click();
  await expect(portal.heading(t('portal:sign-up.sent-title'))).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
  await expectAccessible(page);

  const mail = await sandbox.inbox.lastMailTo(email, { subject: t('emails:account_creation.subject') });
  expect(mail.text).toContain(t('emails:layout.signature'));
  await page.goto(sandbox.inbox.linkIn(mail, '/registre/creer-mot-de-passe/'));
  await expect(portal.heading(t('portal:choose-password.title'))).toBeVisible();
  // The secret leaves the address at once: no Referer and no screen shows it.
  await expect(page).toHaveURL(/\/registre\/creer-mot-de-passe$/);
  await expectAccessible(page);
  await portal.choosePassword('1234');
  await expect(page.getByText(t('common:password.strength.0'), { exact: true })).toBeVisible();
  await expect(portal.summary()).toContainText(t('errors:field.password_too_weak'));
  await portal.choosePassword(PASSWORD);

  await expect(portal.heading(t('portal:sign-in.title'))).toBeVisible();
  await expect(page.getByText(t('portal:sign-in.password-chosen'))).toBeVisible();
  await portal.fillSignIn({ email, password: PASSWORD });
  await expect(portal.tabs()).toBeVisible();
  await page.reload();
  await expect(portal.tabs()).toBeVisible();
  await expect(await portal.panel()).toContainText(email);
  const { rows } = await database.query(
    'select phone, email_confirmed_at is not null as confirmed from accounts where email = $1',
    [email],
  );
  expect(rows).toEqual([{ phone: '+212661767620', confirmed: true }]);

  await portal.signOut();
  await expect(page.getByText(t('shell:sign-in.signed-out'))).toBeVisible();
  await page.goBack();
  await expect(portal.heading(t('portal:sign-in.title'))).toBeVisible();
});

test('a used e-mail is told at its field, and what was typed stays', async ({ portal, t, operator }) => {
  await portal.open('/inscription');
  await portal.field(t('portal:sign-up.legal-name')).fill('Une autre société');
  await portal.field(t('portal:sign-up.address')).fill('1, rue des Orangers, Rabat');
  await portal.field(t('portal:sign-up.email')).fill(operator.email);
  await portal.field(t('portal:sign-up.phone')).fill('0661767621');
  await portal.button(t('portal:sign-up.action')).click();
  const email = portal.field(t('portal:sign-up.email'));
  await expect(email).toHaveAccessibleDescription(anyOf(t('errors:problem.email_in_use.detail')));
  await expect(portal.summary()).toBeFocused();
  await portal.summary().getByRole('link').click();
  await expect(email).toBeFocused();
  await expect(portal.field(t('portal:sign-up.legal-name'))).toHaveValue('Une autre société');
});

test('on a slow line the form waits for its captcha; where that did not come, sending again fetches it again', async ({
  page,
  portal,
  t,
  consoleErrors,
}) => {
  const { promise: comes, resolve: letCome } = Promise.withResolvers<void>();
  let asked = 0;
  await page.route(/\/altcha[^/]*\.js/, async (route) => {
    asked += 1;
    if (asked === 1) {
      await route.abort();
      return;
    }
    await comes;
    await route.continue();
  });
  consoleErrors.allow(/net::ERR_FAILED/);
  await portal.open('/inscription');
  await portal.field(t('portal:sign-up.legal-name')).fill('Les Caroubes du Souss SARL');
  await portal.field(t('portal:sign-up.address')).fill('9, rue du Port, Agadir');
  await portal.field(t('portal:sign-up.email')).fill(newEmail());
  await portal.field(t('portal:sign-up.phone')).fill('0661767622');
  const send = page.locator('button[type="submit"]');
  await send.click();
  await expect(send).toHaveAttribute('data-loading', 'true');
  await expect.poll(() => asked).toBe(2);
  letCome();
  await expect(portal.heading(t('portal:sign-up.sent-title'))).toBeVisible();
});

test('an empty form says everything that is missing at once', async ({ portal, page, t }) => {
  await portal.open('/inscription');
  await portal.button(t('portal:sign-up.action')).click();
  await expect(portal.summary().getByRole('link')).toHaveCount(4);
  await expectAccessible(page);
});

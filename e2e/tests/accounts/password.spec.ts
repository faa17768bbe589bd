import { newEmail, PASSWORD } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

const NEW_PASSWORD = 'Bateau-mauve-trempe-7';

test('« Mot de passe oublié ? » answers the same whether the e-mail has an account or not; the link works once', async ({
  page,
  portal,
  otherBrowser,
  t,
  sandbox,
  operator,
}) => {
  const stranger = await otherBrowser();
  const answers: string[] = [];
  for (const [one, email] of [
    [stranger, newEmail('inconnu')],
    [portal, operator.email],
  ] as const) {
    await one.open('/connexion');
    await one.link(t('portal:sign-in.forgotten')).click();
    await expect(one.heading(t('portal:forgotten.title'))).toBeVisible();
    await one.field(t('portal:sign-in.email')).fill(email);
    await one.button(t('portal:forgotten.action')).click();
    await expect(one.page.getByText(t('portal:forgotten.sent'))).toBeVisible();
    answers.push(await one.page.getByRole('main').innerText());
  }
  expect(answers[1]).toBe(answers[0]);
  await expectAccessible(page);

  const mail = await sandbox.inbox.lastMailTo(operator.email, {
    subject: t('emails:password_reset.subject'),
  });
  const link = sandbox.inbox.linkIn(mail, '/registre/creer-mot-de-passe/');
  await page.goto(link);
  await portal.choosePassword(NEW_PASSWORD);
  await expect(page.getByText(t('portal:sign-in.password-chosen'))).toBeVisible();
  await portal.fillSignIn({ email: operator.email, password: NEW_PASSWORD });
  await expect(portal.tabs()).toBeVisible();
  await sandbox.inbox.lastMailTo(operator.email, { subject: t('emails:password_changed.subject') });

  await stranger.page.goto(link);
  await expect(stranger.heading(t('portal:choose-password.used-title'))).toBeVisible();
  await expectAccessible(stranger.page);
});

test('an expired link offers a new one, to the same address', async ({
  page,
  portal,
  t,
  sandbox,
  database,
  operator,
}) => {
  const ask = async () => {
    await portal.open('/mot-de-passe-oublie');
    await portal.field(t('portal:sign-in.email')).fill(operator.email);
    await portal.button(t('portal:forgotten.action')).click();
    await expect(page.getByText(t('portal:forgotten.sent'))).toBeVisible();
  };
  await ask();
  const subject = t('emails:password_reset.subject');
  const first = await sandbox.inbox.lastMailTo(operator.email, { subject });
  await database.query(
    `update password_links set expires_at = now() - interval '1 minute' where account_id = $1 and used_at is null`,
    [operator.accountId],
  );
  await page.goto(sandbox.inbox.linkIn(first, '/registre/'));
  await expect(portal.heading(t('portal:choose-password.expired-title'))).toBeVisible();
  await expectAccessible(page);
  await portal.button(t('portal:choose-password.renew')).click();
  await expect(page.getByText(t('portal:choose-password.renewed'))).toBeVisible();
  await expect.poll(async () => (await sandbox.inbox.mailsTo(operator.email, { subject })).length).toBe(2);
  const second = await sandbox.inbox.lastMailTo(operator.email, { subject });
  await page.goto(sandbox.inbox.linkIn(second, '/registre/'));
  await expect(portal.heading(t('portal:choose-password.title'))).toBeVisible();
});

test('a link which nobody sent says so, and leads on', async ({ page, portal, t }) => {
  await portal.open('/registre/creer-mot-de-passe/nobody-sent-this');
  await expect(portal.heading(t('portal:choose-password.unknown-title'))).toBeVisible();
  await portal.link(t('portal:choose-password.ask-again')).click();
  await expect(portal.heading(t('portal:forgotten.title'))).toBeVisible();
  await expectAccessible(page);
});

test('a change of password ends the sessions of the other browsers, not this one', async ({
  page,
  portal,
  otherBrowser,
  t,
  sandbox,
  operator,
}) => {
  const other = await otherBrowser();
  await other.signIn(operator);
  await portal.signIn(operator);
  await portal.link(t('portal:panel.password'), await portal.panel()).click();
  await expect(portal.heading(t('portal:change-password.title'))).toBeVisible();
  await expectAccessible(page);

  const change = async (current: string) => {
    await portal.field(t('portal:change-password.current')).fill(current);
    await portal.fillNewPassword(NEW_PASSWORD, {
      password: t('portal:change-password.new'),
      confirmation: t('portal:change-password.confirmation'),
    });
    await portal.button(t('portal:change-password.action')).click();
  };
  await change('not-the-password');
  await expect(portal.field(t('portal:change-password.current'))).toHaveAccessibleDescription(
    t('errors:problem.password_wrong.detail'),
  );
  await change(PASSWORD);
  await expect(page.getByText(t('portal:change-password.done'))).toBeVisible();
  await sandbox.inbox.lastMailTo(operator.email, { subject: t('emails:password_changed.subject') });

  await page.reload();
  await expect(portal.heading(t('portal:change-password.title'))).toBeVisible();
  await other.open('/mes-informations');
  await expect(other.heading(t('portal:sign-in.title'))).toBeVisible();
  await other.fillSignIn(operator);
  await expect(other.summary()).toContainText(t('errors:problem.credentials_wrong.detail'));
  await other.fillSignIn({ email: operator.email, password: NEW_PASSWORD });
  // Where one wanted to go.
  await expect(other.heading(t('portal:information.title'))).toBeVisible();
});

test('the other tabs of the browser go on after a change of password', async ({
  context,
  page,
  portal,
  t,
  database,
  operator,
}) => {
  await portal.signIn(operator);
  const second = portal.on(await context.newPage());
  await second.open('/mes-informations');
  await expect(second.heading(t('portal:information.title'))).toBeVisible();
  await portal.open('/mot-de-passe');
  await portal.field(t('portal:change-password.current')).fill(operator.password);
  await portal.fillNewPassword(NEW_PASSWORD, {
    password: t('portal:change-password.new'),
    confirmation: t('portal:change-password.confirmation'),
  });
  await portal.button(t('portal:change-password.action')).click();
  await expect(page.getByText(t('portal:change-password.done'))).toBeVisible();

  await second.field(t('portal:sign-up.address')).fill('99, avenue des FAR, Casablanca');
  await second.button(t('common:action.save')).click();
  await expect(second.page.getByText(t('portal:information.saved'))).toBeVisible();
  const { rows } = await database.query(
    'select count(*)::int as sessions, count(ended_at)::int as ended from sessions where account_id = $1',
    [operator.accountId],
  );
  expect(rows).toEqual([{ sessions: 2, ended: 1 }]);
});

test('other devices are seen, and signed out with the password', async ({
  page,
  portal,
  otherBrowser,
  t,
  operator,
}) => {
  const elsewhere = await otherBrowser();
  await elsewhere.signIn(operator);
  await portal.signIn(operator);
  await portal.open('/mot-de-passe');
  const devices = page.getByRole('region', { name: t('shell:devices.title') });
  const lines = devices.getByRole('listitem');
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toContainText(t('shell:devices.here'));
  await expectAccessible(page);
  await lines.last().getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page);
  await portal.field(t('shell:sign-in.password'), dialog).fill('pas celui-là');
  await portal.button(t('shell:devices.end'), dialog).click();
  await expect(dialog.getByRole('alert')).toContainText(t('errors:problem.password_wrong.detail'));
  await portal.field(t('shell:sign-in.password'), dialog).fill(operator.password);
  await portal.button(t('shell:devices.end'), dialog).click();
  await expect(dialog).toBeHidden();
  await expect(devices.getByText(t('shell:devices.ended'))).toBeVisible();
  await expect(lines).toHaveCount(1);

  await elsewhere.open('/demandes');
  await expect(elsewhere.heading(t('portal:sign-in.title'))).toBeVisible();
});

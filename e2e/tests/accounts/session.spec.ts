import { wordsOf } from '../../fixtures/messages.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('repeated failures lock the sign-in for a while, and the right password does not lift it', async ({
  page,
  portal,
  t,
  operator,
}) => {
  await portal.open('/connexion');
  for (let failure = 1; failure <= 5; failure++) {
    await portal.fillSignIn({ email: operator.email, password: `wrong-${failure}` });
    await expect(portal.summary()).toContainText(t('errors:problem.credentials_wrong.detail'));
    // The password is asked again, the e-mail is kept.
    await expect(portal.field(t('shell:sign-in.password'))).toHaveValue('');
  }
  await portal.fillSignIn(operator);
  await expect(portal.summary()).toContainText(t('errors:problem.locked.detail'));
  await expectAccessible(page);
});

test('the language of the page’s switch is the account’s: saving an address does not put it back', async ({
  page,
  portal,
  t,
  operator,
}) => {
  await portal.signIn(operator);
  await portal.open('/mes-informations');
  await portal.field(t('portal:sign-up.address')).fill('99, avenue des FAR, Casablanca');
  await expect(page.getByRole('radio', { name: 'Français' })).toBeChecked();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
  const english = wordsOf('en');
  await expect(portal.field(english('portal:sign-up.address'))).toHaveValue('99, avenue des FAR, Casablanca');
  await portal.button(english('common:action.save')).click();
  await expect(page.getByText(english('portal:information.saved'))).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
});

test('an expired session asks for the password in place, and nothing typed is lost', async ({
  page,
  context,
  portal,
  t,
  database,
  operator,
}) => {
  await portal.signIn(operator);
  await portal.open('/mes-informations');
  await portal.field(t('portal:sign-up.address')).fill('99, avenue des FAR, Casablanca');

  await database.query(`update sessions set ended_at = now() where account_id = $1`, [operator.accountId]);
  await context.clearCookies();
  await portal.button(t('common:action.save')).click();
  const dialog = page.getByRole('dialog', { name: t('shell:session.expired') });
  await expect(dialog).toBeVisible();
  const password = portal.field(t('shell:sign-in.password'), dialog);
  await expect(password).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();

  await password.fill(operator.password);
  await portal.button(t('shell:sign-in.action'), dialog).click();
  await expect(dialog).toBeHidden();
  // What was asked before the session was found to be over is done without asking again.
  await expect(page.getByText(t('portal:information.saved'))).toBeVisible();
  const { rows } = await database.query('select address from accounts where id = $1', [operator.accountId]);
  expect(rows).toEqual([{ address: '99, avenue des FAR, Casablanca' }]);
});

test('two tabs share one session: signing out of one is signing out of both', async ({
  context,
  portal,
  t,
  operator,
}) => {
  await portal.signIn(operator);
  const second = portal.on(await context.newPage());
  await second.open('/demandes');
  await expect(second.tabs()).toBeVisible();
  await portal.signOut();
  await expect(second.heading(t('portal:sign-in.title'))).toBeVisible();
});

test('a page asked for by its address comes after the sign-in; another site’s address never', async ({
  page,
  portal,
  t,
  operator,
}) => {
  await portal.open('/mot-de-passe?depuis=favori');
  await expect(page.getByText(t('shell:sign-in.needed'))).toBeVisible();
  await portal.fillSignIn(operator);
  await expect(portal.heading(t('portal:change-password.title'))).toBeVisible();
  await expect(page).toHaveURL(/\/espace-prive\/mot-de-passe\?depuis=favori$/);
  await portal.signOut();

  await portal.open(`/connexion?retour=${encodeURIComponent('//example.org/espace-prive')}`);
  await portal.fillSignIn(operator);
  await expect(portal.tabs()).toBeVisible();
  expect(new URL(page.url()).hostname).not.toContain('example.org');
});

test('the account changes its language, its address, and takes its data away', async ({
  page,
  portal,
  t,
  database,
  operator,
}) => {
  await portal.signIn(operator);
  await portal.link(t('portal:panel.information'), await portal.panel()).click();
  await expect(portal.heading(t('portal:information.title'))).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await portal.button(t('portal:export.action')).click();
  const file = JSON.parse(await readText(await (await download).createReadStream()));
  expect(file.account.email).toBe(operator.email);

  await page.getByRole('button', { name: 'العربية' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect
    .poll(
      async () =>
        (await database.query('select locale from accounts where id = $1', [operator.accountId])).rows,
    )
    .toEqual([{ locale: 'ar' }]);
});

async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

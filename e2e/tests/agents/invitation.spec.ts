import { randomUUID } from 'node:crypto';
import {
  CHOSEN_PASSWORD,
  InvitationScreen,
  invite,
  keptIn,
  mailedLink,
  nextCode,
  secretIn,
  wrongCode,
} from '../../fixtures/invitations.ts';
import { Keyboard } from '../../fixtures/keyboard.ts';
import { newEmail } from '../../fixtures/people.ts';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';

test('an agent is invited, sets up their access with the mailed link, and works; the link has then served', async ({
  page,
  signedInDesk,
  otherBrowser,
  sandbox,
  database,
  t,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const administrator = await signedInDesk('Driss Bennani', 'administrator');
  const email = newEmail('agent');
  const name = `Salma Idrissi ${randomUUID().slice(0, 4)}`;
  await administrator.page.goto('/agents/administration/agents/nouveau');
  await administrator.field(t('administration:agent.name')).fill(name);
  await administrator.field(t('administration:agent.email')).fill(email);
  await administrator.page.getByRole('radio', { name: t('reference:agent-role.decider') }).check();
  await administrator.button(t('administration:invite.action')).click();
  await expect(administrator.heading(name)).toBeVisible();

  const link = await mailedLink(sandbox, { email, locale: 'fr' });
  const screen = new InvitationScreen(page, t);
  await screen.openLink(link);
  await expect(page).toHaveURL(/\/agents\/invitation$/);
  const facts = page.getByRole('definition');
  for (const fact of [name, email, t('reference:authority.customs')])
    await expect(facts.filter({ hasText: fact }).first()).toBeVisible();
  await expect(page.getByRole('img', { name: t('invitation:key.qr') })).toBeVisible();
  await expectAccessible(page);
  await screen.activate.click();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(3);
  await expectAccessible(page);

  const application = await screen.application();
  await screen.password.fill(email);
  await expect(page.getByText(t('passwords:advice.personal-agent'))).toBeVisible();
  await screen.fillIn({ password: CHOSEN_PASSWORD, code: wrongCode(application) });
  await expect(page.getByText(t('passwords:advice.good'))).toBeVisible();
  await screen.activate.click();
  await expect(screen.code).toHaveAccessibleDescription(new RegExp(t('invitation:code.wrong')));
  await expect(screen.password).toHaveValue(CHOSEN_PASSWORD);
  await expect(screen.confirmation).toHaveValue(CHOSEN_PASSWORD);
  await expectAccessibleInArabic(page);
  const { rows: before } = await database.query('select password_hash from agents where email = $1', [email]);
  expect(before).toEqual([{ password_hash: null }]);

  await screen.code.fill(application.generate());
  await screen.activate.click();
  await screen.expectSignIn(email);
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  expect(await keptIn(page)).not.toContain(secretIn(link));
  expect(asked.filter((url) => url.includes(secretIn(link)) && !url.includes('#'))).toEqual([]);
  const { rows } = await database.query(
    `select i.used_at is not null as used, e.act, e.by = a.id as own
       from agents a
       join agent_invitations i on i.agent_id = a.id
       join administration_entries e on e.agent_id = a.id
      where a.email = $1 order by e.created_at desc limit 1`,
    [email],
  );
  expect(rows).toEqual([{ used: true, act: 'agent_enrolled', own: true }]);

  await screen.field(t('shell:sign-in.password')).fill(CHOSEN_PASSWORD);
  await screen.button(t('common:action.next')).click();
  await expect(screen.code).toBeFocused();
  await screen.giveCode(nextCode(application));
  await expect(screen.heading(t('desk:queue.title'))).toBeVisible();

  const stranger = await otherBrowser();
  await stranger.page.goto(link);
  await expect(stranger.heading(t('invitation:used.title'))).toBeVisible();
  await expect(stranger.page.getByText(email)).toHaveCount(0);
  await expectAccessible(stranger.page);
  await expectAccessibleInArabic(stranger.page);
  await stranger.link(t('invitation:dead.sign-in')).click();
  await expect(stranger.heading(t('backoffice:sign-in.title'))).toBeVisible();
  await expect(stranger.page.getByText(t('backoffice:sign-in.lost'))).toBeVisible();
});

test('a link that has expired, was replaced, is cut or is none: what it means, and whom to ask', async ({
  page,
  signedInDesk,
  sandbox,
  database,
  t,
}) => {
  const administrator = await signedInDesk('Driss Bennani', 'administrator');
  const invited = { name: 'Salma Idrissi', role: 'decider', locale: 'fr' } as const;
  const { id, link, email } = await invite(administrator, sandbox, invited);
  const screen = new InvitationScreen(page, t);
  const told = async (state: 'expired' | 'unknown') => {
    await expect(screen.heading(t(`invitation:${state}.title`))).toBeVisible();
    await expect(page.getByText(t('invitation:dead.ask'))).toBeVisible();
    await expectAccessible(page);
  };
  await page.goto('/agents/invitation');
  await told('unknown');
  // The rest of the address is pasted into the same page.
  await page.goto(link.slice(0, -6));
  await told('unknown');
  await page.goto(link);
  await expect(screen.heading(t('invitation:title'))).toBeVisible();
  await expect(page).toHaveURL(/\/agents\/invitation$/);

  const application = await screen.application();
  await screen.fillIn({ password: CHOSEN_PASSWORD, code: application.generate() });
  await database.query(
    `update agent_invitations set expires_at = now() - interval '1 minute' where agent_id = $1`,
    [id],
  );
  await screen.activate.click();
  await told('expired');
  await expectAccessibleInArabic(page);

  const again = new Date();
  const renewed = await administrator.page.request.post(`/api/v1/admin/agents/${id}/invitation`);
  expect(renewed.status()).toBe(202);
  await expect.poll(async () => mailedLink(sandbox, { email, locale: 'fr', since: again })).not.toBe(link);
  await screen.openLink(await mailedLink(sandbox, { email, locale: 'fr', since: again }));
});

test('the server away in the middle takes nothing that was typed; a reload keeps the link', async ({
  page,
  signedInDesk,
  sandbox,
  consoleErrors,
  t,
}) => {
  consoleErrors.allow(/ERR_CONNECTION_REFUSED/);
  const administrator = await signedInDesk('Driss Bennani', 'administrator');
  const invited = { name: 'Omar Tazi', role: 'finance', locale: 'fr' } as const;
  const { link, email } = await invite(administrator, sandbox, invited);
  const screen = new InvitationScreen(page, t);
  const states = '**/api/v1/agent-invitations/state';
  await page.route(states, (route) => route.abort('connectionrefused'));
  await page.goto(link);
  const retry = screen.button(t('common:action.retry'));
  await expect(retry).toBeVisible();
  await expect(page).toHaveURL(/\/agents\/invitation$/);
  await expectAccessible(page);
  await page.unroute(states);
  await retry.click();
  await expect(screen.heading(t('invitation:title'))).toBeVisible();
  await page.reload();
  await expect(screen.heading(t('invitation:title'))).toBeVisible();

  const acceptances = '**/api/v1/agent-invitations/acceptance';
  await page.route(acceptances, (route) => route.abort('connectionrefused'));
  const application = await screen.application();
  await screen.fillIn({ password: CHOSEN_PASSWORD, code: application.generate() });
  await screen.activate.click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(screen.password).toHaveValue(CHOSEN_PASSWORD);
  await expect(screen.confirmation).toHaveValue(CHOSEN_PASSWORD);
  await expect(screen.code).toHaveValue(/^\d{6}$/);
  await expectAccessible(page);
  await page.unroute(acceptances);
  await screen.code.fill(application.generate());
  await screen.activate.click();
  await screen.expectSignIn(email);
});

test.describe('in English', () => {
  test.use({ language: 'en' });

  test('somebody else is signed in in this browser: they are named, and leave first or afterwards', async ({
    page,
    signedInDesk,
    newAgent,
    sandbox,
    t,
  }) => {
    const administrator = await signedInDesk('Driss Bennani', 'administrator');
    const invited = { name: 'Omar Tazi', role: 'decider', locale: 'en' } as const;
    const first = await invite(administrator, sandbox, invited);
    const second = await invite(administrator, sandbox, invited);
    const screen = new InvitationScreen(page, t);
    await screen.signIn(await newAgent({ name: 'Nadia El Fassi' }));
    await screen.openLink(first.link);
    const told = page.getByText(t('invitation:other.title', { name: '' }).trim());
    await expect(told).toContainText('Nadia El Fassi');
    await expectAccessible(page);
    await screen.button(t('common:action.sign-out'), page.getByRole('main')).click();
    await expect(told).toHaveCount(0);
    await expect(screen.heading(t('invitation:title'))).toBeVisible();
    await expect(page.getByRole('banner').getByText('Nadia El Fassi')).toHaveCount(0);

    await screen.signIn(await newAgent({ name: 'Nadia El Fassi' }));
    await screen.openLink(second.link);
    const application = await screen.application();
    await screen.fillIn({ password: CHOSEN_PASSWORD, code: application.generate() });
    await screen.activate.click();
    await expect(screen.heading(t('invitation:ready.title'))).toBeVisible();
    await expectAccessible(page);
    const own = await page.request.get('/api/v1/agent-sessions/current');
    expect(own.status(), 'the session of who was signed in').toBe(200);
    await screen.button(t('invitation:ready.leave')).click();
    await screen.expectSignIn(second.email);
  });
});

test.describe('in Arabic, on the smallest phone, by keyboard alone', () => {
  test.use({ language: 'ar', viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  test('the mail, the three steps with the digits of an Arabic keyboard, the sign-in, the finances', async ({
    page,
    signedInDesk,
    sandbox,
    t,
  }) => {
    const administrator = await signedInDesk('Karim Sqalli', 'administrator', 'portnet');
    const invited = { name: 'سلمى الإدريسي', role: 'finance', locale: 'ar' } as const;
    const { link, email } = await invite(administrator, sandbox, invited);
    const screen = new InvitationScreen(page, t);
    const keyboard = new Keyboard(page);
    await screen.openLink(link);
    await expect(page.getByRole('link', { name: t('invitation:key.open') })).toHaveAttribute(
      'href',
      /^otpauth:\/\/totp\//,
    );
    await expectAccessible(page);
    const application = await screen.application();
    await keyboard.type(screen.password, 'قصير');
    await keyboard.type(screen.confirmation, CHOSEN_PASSWORD);
    await keyboard.type(screen.code, inArabicDigits(application.generate()));
    await keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByRole('alert').getByRole('link')).toHaveCount(2);
    await expectAccessible(page);
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await expect(screen.password).toBeFocused();
    await keyboard.type(screen.password, CHOSEN_PASSWORD);
    await keyboard.type(screen.code, inArabicDigits(application.generate()));
    await keyboard.activate(screen.activate);
    await screen.expectSignIn(email);

    await keyboard.type(screen.field(t('shell:sign-in.password')), CHOSEN_PASSWORD);
    await keyboard.press('Enter');
    await expect(screen.code).toBeFocused();
    await page.keyboard.type(nextCode(application));
    await keyboard.press('Enter');
    await expect(screen.heading(t('finance:orders.title'))).toBeVisible();
  });
});

/** The digits of an Arabic keyboard, with the space that applications show in the middle. */
const inArabicDigits = (code: string): string =>
  code.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '').replace(/^.../, '$& ');

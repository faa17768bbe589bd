import type { Page } from '@playwright/test';
import {
  CHOSEN_PASSWORD,
  InvitationScreen,
  invite,
  mailedLink,
  nextCode,
} from '../../fixtures/invitations.ts';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';

/** Whose session a browser holds, as the API knows it. */
async function agentOf(page: Page): Promise<{ id: string; email: string }> {
  const answer = await page.request.get('/api/v1/agent-sessions/current');
  return ((await answer.json()) as { agent: { id: string; email: string } }).agent;
}

test('access renewed: the open page is told at its next act, the old password is refused, the new link lets in', async ({
  page,
  signedInDesk,
  newAgent,
  sandbox,
  t,
}) => {
  const administrator = await signedInDesk('Driss Bennani', 'administrator');
  const agent = await newAgent({ name: 'Nadia El Fassi' });
  const screen = new InvitationScreen(page, t);
  await screen.signIn(agent);
  const { id, email } = await agentOf(page);
  const renewed = await administrator.page.request.post(`/api/v1/admin/agents/${id}/invitation`);
  expect(renewed.status(), await renewed.text()).toBe(202);

  await page.getByRole('link', { name: t('desk:navigation.dashboard') }).click();
  const told = page.getByRole('dialog', { name: t('shell:session.expired') });
  await expect(told).toBeVisible();
  await screen.field(t('shell:sign-in.password'), told).fill(agent.password);
  await screen.button(t('common:action.next'), told).click();
  await expect(told.getByText(t('errors:problem.credentials_wrong.detail'))).toBeVisible();
  await expectAccessible(page);

  // Opened in the page that is still waiting for its agent.
  await screen.openLink(await mailedLink(sandbox, { email, locale: 'fr' }));
  await expect(page.getByText(t('invitation:other.title', { name: '' }).trim())).toHaveCount(0);
  const application = await screen.application();
  await screen.fillIn({ password: CHOSEN_PASSWORD, code: application.generate() });
  await screen.activate.click();
  await screen.expectSignIn(email);
  await screen.field(t('shell:sign-in.password')).fill(CHOSEN_PASSWORD);
  await screen.button(t('common:action.next')).click();
  await screen.giveCode(nextCode(application));
  await expect(screen.heading(t('desk:queue.title'))).toBeVisible();
});

test('suspended: the open page is told at its next act, and nothing lets in again; a link that waits is void', async ({
  signedInDesk,
  otherBrowser,
  sandbox,
  t,
}) => {
  const administrator = await signedInDesk('Driss Bennani', 'administrator');
  const suspend = async (id: string) => {
    const answer = await administrator.page.request.patch(`/api/v1/admin/agents/${id}`, {
      data: { active: false },
    });
    expect(answer.status(), await answer.text()).toBe(200);
  };
  const desk = await signedInDesk('Nadia El Fassi');
  await suspend((await agentOf(desk.page)).id);
  await desk.page.getByRole('link', { name: t('desk:navigation.dashboard') }).click();
  const told = desk.page.getByRole('dialog', { name: t('shell:session.expired') });
  await expect(told).toBeVisible();
  await expectAccessible(desk.page);
  await desk.page.reload();
  await expect(desk.heading(t('backoffice:sign-in.title'))).toBeVisible();

  const invited = { name: 'Omar Tazi', role: 'finance', locale: 'fr' } as const;
  const { id, link } = await invite(administrator, sandbox, invited);
  const { page } = await otherBrowser();
  const screen = new InvitationScreen(page, t);
  await screen.openLink(link);
  const application = await screen.application();
  await suspend(id);
  await screen.fillIn({ password: CHOSEN_PASSWORD, code: application.generate() });
  await screen.activate.click();
  await expect(screen.heading(t('invitation:expired.title'))).toBeVisible();
  await expectAccessibleInArabic(page);
});

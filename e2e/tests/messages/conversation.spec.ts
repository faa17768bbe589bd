import type { Locator } from '@playwright/test';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

const question = 'Bonjour,\nla page 2 est illisible : http://exemple.ma/?a=<b>1</b>';

// In French: `portnet/exporter.spec.ts`.
test.use({ language: 'ar' });

test('an agent and an operator write to each other, and each sees when the other has read', async ({
  page,
  portal,
  drafts,
  operator,
  signedInDesk,
  sandbox,
  t,
}) => {
  test.slow();
  const company = newCompany();
  await portal.signIn(operator);
  const { code, id } = await drafts.send(company, operator.email);
  const threadTitle = t('subscriptions:messages.title.customs');
  const boxOf = (thread: Locator) => thread.getByRole('textbox', { name: t('thread:write') });
  const sendIn = (thread: Locator) => thread.getByRole('button', { name: t('thread:send') }).click();

  const desk = await signedInDesk('Nadia El Fassi');
  await desk.open({ code, legalName: company.legalName });
  const theirs = desk.page.getByRole('group', {
    name: t('desk:messages.thread', { name: company.legalName }),
  });
  await boxOf(theirs).fill(question);
  await sendIn(theirs);
  await expect(theirs.getByRole('listitem')).toContainText(t('thread:sent'));
  await expect(boxOf(theirs)).toHaveValue('');
  const mail = await sandbox.inbox.lastMailTo(operator.email);
  expect(mail.text).toContain(code);
  // The words themselves stay behind the sign-in.
  expect(mail.text).not.toContain('illisible');

  await portal.open('/demandes');
  await expectAccessible(page);
  await portal
    .filing()
    .getByRole('link', { name: t('subscriptions:messages.unread', { count: 1 }) })
    .click();
  await expect(page.getByRole('heading', { name: threadTitle })).toBeFocused();
  const mine = page.getByRole('group', { name: threadTitle });
  await expect(mine.getByRole('listitem')).toContainText(question);
  await expect(mine.getByRole('listitem')).toContainText(t('reference:authority.customs'));
  await expect(mine.getByRole('listitem')).not.toContainText('Nadia');
  await expect(mine.getByRole('link')).toHaveCount(0);
  await expectAccessible(page);

  // A reload loses nothing of an answer, nor does a lost network.
  await boxOf(mine).fill('La voici.');
  await page.reload();
  await expect(boxOf(mine)).toHaveValue('La voici.');
  await page.context().setOffline(true);
  await expect(mine.getByText(t('thread:offline'))).toBeVisible();
  await page.context().setOffline(false);
  await boxOf(mine).press('Control+Enter');
  await expect(mine.getByRole('listitem').last()).toContainText('La voici.');
  await expect(boxOf(mine)).toHaveValue('');

  // The agent's page hears of both by itself: the answer, and that the question was read.
  await expect(theirs.getByRole('listitem').last()).toContainText('La voici.');
  await expect(theirs.getByRole('listitem').first()).toContainText(t('thread:read', { at: '' }).trim());
  await expectAccessible(desk.page);
  await expect(mine.getByRole('listitem').last()).toContainText(t('thread:read', { at: '' }).trim());
  const { filings } = await drafts.read(id);
  expect(filings.map(({ unreadMessages }) => unreadMessages)).toEqual([0]);
});

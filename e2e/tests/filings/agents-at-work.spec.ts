import { Desk } from '../../fixtures/agents.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, test } from '../../fixtures/test.ts';

const STEP_MS = 30_000;

test('a session that is over is taken up in place: what was judged meanwhile is saved', async ({
  portal,
  otherBrowser,
  newAgent,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { code } = await drafts.send(company, operator.email);
  const agent = newAgent();
  const { page } = await otherBrowser();
  const desk = new Desk(page, t);
  await desk.signIn(agent);
  await desk.open({ code, legalName: company.legalName });

  await page.context().clearCookies();
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: t('shell:session.expired') });
  await expect(dialog).toBeVisible();
  await desk.field(t('shell:sign-in.password'), dialog).fill(agent.password);
  await desk.button(t('common:action.next'), dialog).click();
  // A code works once: the next step's is good a little before its time.
  const next = agent.totp.generate({ timestamp: Date.now() + STEP_MS });
  await desk.field(t('backoffice:sign-in.code'), dialog).fill(next);
  await desk.button(t('shell:sign-in.action'), dialog).click();

  await expect(dialog).toBeHidden();
  await expect(page.getByText(t('backoffice:queue.held.me'), { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('progressbar')).toHaveAttribute('value', '1');
});

test('a colleague takes the dossier and decides it: who held it is told, and loses nothing', async ({
  portal,
  signedInDesk,
  t,
  drafts,
  operator,
  database,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { id, code } = await drafts.send(company, operator.email);
  const mine = await signedInDesk('Nadia Berrada');
  const theirs = await signedInDesk('Omar Tazi');
  await mine.open({ code, legalName: company.legalName });
  await mine.page.keyboard.press('v');
  await expect(mine.page.getByText(t('backoffice:queue.held.me'), { exact: true })).toBeVisible();

  await theirs.open({ code, legalName: company.legalName });
  await theirs.button(t('backoffice:holding.take-over')).click();
  await expect(theirs.page.getByText(t('backoffice:queue.held.me'), { exact: true })).toBeVisible();

  await mine.page.keyboard.press('r');
  await mine.page.keyboard.press('2');
  await mine.page.keyboard.type('Périmé depuis mars.');
  await mine.page.keyboard.press('Enter');
  const warning = mine.page.getByRole('alert').filter({ hasText: 'Omar Tazi' });
  await expect(warning).toContainText(t('backoffice:conflict.stale'));
  const sections = mine.page.getByRole('navigation', { name: t('backoffice:dossier.sections') });
  await expect(sections.getByText(t('backoffice:item.refused'))).toHaveCount(1);

  const action = t('backoffice:decision.validate-action');
  const dialog = await theirs.beginDecision(action, t('backoffice:decision.validate-title'));
  await theirs.button(t('backoffice:decision.validate-confirm'), dialog).click();
  await expect(dialog).toBeHidden();

  await mine.button(t('backoffice:conflict.keep-mine')).click();
  await expect(warning).toContainText(t('backoffice:conflict.decided'));
  await mine.page.getByText(t('backoffice:conflict.unsent', { count: 1 })).click();
  await expect(warning).toContainText('Périmé depuis mars.');
  const { rows } = await database.query('select status from filings where subscription_id = $1', [id]);
  expect(rows).toEqual([{ status: 'validated' }]);
});

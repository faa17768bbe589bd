import { Desk } from '../../fixtures/agents.ts';
import { startingWith } from '../../fixtures/messages.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

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
  const agent = await newAgent();
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
  await expect(page.getByText(t('desk:queue.held.me'), { exact: true })).toBeVisible();
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
  await expect(mine.page.getByText(t('desk:queue.held.me'), { exact: true })).toBeVisible();

  await theirs.open({ code, legalName: company.legalName });
  await theirs.button(t('desk:holding.take-over')).click();
  await expect(theirs.page.getByText(t('desk:queue.held.me'), { exact: true })).toBeVisible();

  await mine.page.keyboard.press('r');
  await mine.page.keyboard.press('2');
  await mine.page.keyboard.type('Périmé depuis mars.');
  await mine.page.keyboard.press('Enter');
  const warning = mine.page.getByRole('alert').filter({ hasText: 'Omar Tazi' });
  await expect(warning).toContainText(t('desk:conflict.stale'));
  const sections = mine.page.getByRole('navigation', { name: t('desk:dossier.sections') });
  await expect(sections.getByText(t('desk:item.refused'))).toHaveCount(1);

  const action = t('desk:decision.validate-action');
  const dialog = await theirs.beginDecision(action, t('desk:decision.validate-title'));
  await theirs.confirmDecision(dialog, t('desk:decision.validate-confirm'));

  await mine.button(t('desk:conflict.keep-mine')).click();
  await expect(warning).toContainText(t('desk:conflict.decided'));
  await mine.page.getByText(t('desk:conflict.unsent', { count: 1 })).click();
  await expect(warning).toContainText('Périmé depuis mars.');
  const { rows } = await database.query('select status from filings where subscription_id = $1', [id]);
  expect(rows).toEqual([{ status: 'validated' }]);
});

test('a text that is being written when a colleague acts is never lost, and says who did what', async ({
  portal,
  signedInDesk,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { code } = await drafts.send(company, operator.email);
  const mine = await signedInDesk('Nadia Berrada');
  const theirs = await signedInDesk('Omar Tazi');
  const text = 'La page 2 manque, et le cachet.';
  const { page } = mine;
  await mine.open({ code, legalName: company.legalName });
  await page.keyboard.press('v');
  await expect(page.getByText(t('desk:queue.held.me'), { exact: true })).toBeVisible();

  await theirs.open({ code, legalName: company.legalName });
  await theirs.button(t('desk:holding.take-over')).click();
  await expect(theirs.page.getByText(t('desk:queue.held.me'), { exact: true })).toBeVisible();

  // A word that can't be saved any more, and the text of the next one under way.
  await page.keyboard.press('v');
  await page.keyboard.press('r');
  await page.keyboard.press('1');
  await page.keyboard.type(text);
  const conflict = page.getByRole('alert').filter({ hasText: t('desk:conflict.stale') });
  await expect(conflict).toContainText('Omar Tazi');
  await conflict.getByText(t('desk:conflict.differences', { count: 1 })).click();
  await expect(conflict.getByRole('cell', { name: t('desk:item.accepted') })).toBeVisible();
  const kept = page.getByRole('alert').filter({ hasText: t('desk:unkept.title', { count: 1 }) });
  const offered = page.locator('bdi').getByText(text, { exact: true });
  const written = page.getByRole('form').getByRole('textbox');
  // The form stays while it is written in; what can't be kept now is set aside.
  await expect(written).toHaveValue(text);
  await written.press('Enter');
  await expect(written).toBeHidden();
  await expect(offered).toBeVisible();
  await mine.button(t('desk:conflict.keep-mine')).click();
  await page.getByRole('button', { name: startingWith(t('desk:unkept.resume')) }).click();
  await expect(written).toHaveValue(text);

  // Something else is looked at, then the page loaded anew.
  await page
    .getByRole('navigation', { name: t('desk:dossier.sections') })
    .getByRole('button')
    .first()
    .click();
  await expect(written).toBeHidden();
  await expect(offered).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(offered).toBeVisible();

  await theirs.page.reload();
  await theirs.button(t('desk:holding.take-over')).click();
  const action = t('desk:decision.validate-action');
  const dialog = await theirs.beginDecision(action, t('desk:decision.validate-title'));
  await theirs.confirmDecision(dialog, t('desk:decision.validate-confirm'));

  await page.reload();
  await expect(kept).toContainText('Omar Tazi');
  await expect(kept).toContainText(text);
  await kept.getByRole('button', { name: t('desk:unkept.discard') }).click();
  await expect(offered).toBeHidden();
});

test('a text that is being written stays when the dossier is read again, and the colleague is named', async ({
  portal,
  signedInDesk,
  t,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { code } = await drafts.send(company, operator.email);
  const mine = await signedInDesk('Nadia Berrada');
  const theirs = await signedInDesk('Omar Tazi');
  const text = 'Le cachet manque.';
  await mine.open({ code, legalName: company.legalName });
  const form = await mine.beginRefusal('documents.ice', t('reference:document.ice'));
  await form.getByRole('radio', { name: t('reference:cause.incomplete') }).check();
  await form.getByRole('textbox').fill(text);

  await theirs.open({ code, legalName: company.legalName });
  await theirs.button(t('desk:holding.take')).click();
  await expect(theirs.page.getByText(t('desk:queue.held.me'), { exact: true })).toBeVisible();

  // Refused because it was taken meanwhile: the dossier is read again, and nothing can be judged any more.
  await mine.button(t('desk:holding.take')).click();
  const told = mine.page.getByRole('alert').filter({ hasText: t('desk:unkept.title', { count: 1 }) });
  await expect(told).toContainText('Omar Tazi');
  await expect(form.getByRole('textbox')).toHaveValue(text);

  // Taken over again, it can be kept.
  await mine.button(t('desk:holding.take-over')).click();
  await expect(told).toBeHidden();
  await mine.button(t('desk:refusal.keep'), form).click();
  await expect(form).toBeHidden();
  const sections = mine.page.getByRole('navigation', { name: t('desk:dossier.sections') });
  await expect(sections.getByText(t('desk:item.refused'))).toHaveCount(1);
});

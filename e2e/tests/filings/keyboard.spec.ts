import { newCompany } from '../../fixtures/people.ts';
import { expect, test } from '../../fixtures/test.ts';

/** More items than any dossier of these tests has. */
const MOST_ITEMS = 80;

test('a whole verdict by keyboard alone: search, open, accept, refuse with a cause, decide', async ({
  portal,
  signedInDesk,
  t,
  database,
  drafts,
  operator,
}) => {
  const company = newCompany();
  await portal.signIn(operator);
  const { id, code } = await drafts.send(company, operator.email);
  const desk = await signedInDesk();
  const { page } = desk;
  const { keyboard } = page;

  await keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: t('desk:queue.search') })).toBeFocused();
  await keyboard.type(code);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('searchbox').blur();
  await keyboard.press('j');
  await expect(page.getByRole('link', { name: company.legalName })).toBeFocused();
  await keyboard.press('Enter');
  await expect(desk.heading(company.legalName)).toBeVisible();

  await keyboard.press('r');
  await keyboard.press('1');
  await keyboard.type('La page est floue.');
  await keyboard.press('Enter');
  const decide = desk.button(t('desk:decision.return-action', { count: 1 }));
  await expect(decide).toBeVisible();
  const total = await page.getByRole('progressbar').getAttribute('max');
  for (let pressed = 0; pressed < MOST_ITEMS; pressed++) {
    if ((await page.getByRole('progressbar').getAttribute('value')) === total) break;
    await keyboard.press('v');
  }
  await expect(
    page.getByText(t('desk:dossier.progress', { judged: Number(total), total: Number(total) })),
  ).toBeVisible();
  await expect(decide).toBeFocused();
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: t('desk:decision.return-title') });
  await expect(dialog.getByRole('article')).toBeVisible();
  const confirm = desk.button(t('desk:decision.return-confirm'), dialog);
  await expect(async () => {
    await keyboard.press('Tab');
    await expect(confirm).toBeFocused({ timeout: 100 });
  }).toPass();
  await keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const { rows } = await database.query('select status, reasons from filings where subscription_id = $1', [
    id,
  ]);
  expect(rows).toMatchObject([
    { status: 'incomplete', reasons: [{ cause: 'illegible', text: 'La page est floue.' }] },
  ]);
});

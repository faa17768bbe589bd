import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('choosing no authority is said of the whole choice, and leads to its first box', async ({
  page,
  portal,
  t,
  operator,
}) => {
  await portal.signIn(operator);
  await portal.open('/nouvelle-souscription');
  const group = page.getByRole('group', { name: t('subscriptions:authorities.title') });
  const customs = portal.checkbox(t('subscriptions:authority.customs.name'));
  const sentence = t('subscriptions:authorities.none-chosen');
  await expect(customs).toBeVisible();
  await portal.button(t('common:action.next')).click();
  await expect(portal.summary()).toBeFocused();
  await expect(group).toHaveAccessibleDescription(sentence);
  await expect(customs).toHaveAccessibleDescription(t('subscriptions:authority.customs.detail'));
  await expectAccessible(page);
  await portal.link(sentence, portal.summary()).click();
  await expect(customs).toBeFocused();
  await page.keyboard.press('Space');
  await expect(portal.summary()).toBeHidden();
  await expect(group).toHaveAccessibleDescription('');
});

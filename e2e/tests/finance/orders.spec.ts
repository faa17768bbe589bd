import { readFile } from 'node:fs/promises';
import { expectBooks } from '../../fixtures/payment-books.ts';
import { paidOrder } from '../../fixtures/payment-orders.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('orders by keyboard: search, open, read what happened, ask the gateway', async ({
  site,
  database,
  sandbox,
  signedInDesk,
  t,
}) => {
  const place = { site, database, sandbox };
  const paid = await paidOrder(place, { method: 'cmi', channel: 'card' }, { clientName: '=SOMME(A1) SARL' });
  await expectBooks(database, paid.id, { order: 'paid' });
  const desk = await signedInDesk('Samir Lahlou', 'finance');
  const { page } = desk;
  await page.keyboard.press('/');
  const box = page.getByRole('searchbox', { name: t('finance:orders.search') });
  await expect(box).toBeFocused();
  await page.keyboard.type(paid.invoice.number.toLowerCase());
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/q=/);
  await expectAccessible(page);

  const loading = page.waitForEvent('download');
  await page.getByRole('link', { name: t('finance:orders.export') }).click();
  const file = await (await loading).path();
  const csv = await readFile(file, 'utf8');
  expect(csv.split('\r\n')).toHaveLength(3);
  expect(csv).toContain(`"${paid.number}"`);
  expect(csv).toContain(`"'=SOMME(A1) SARL"`);

  await box.blur();
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: paid.number })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(desk.heading(t('finance:order.title', { number: paid.number }))).toBeVisible();
  const history = page.getByRole('list', { name: t('finance:order.history') });
  await expect(history).toContainText(t('reference:paymentStatus.paid'));
  await page.getByText(t('finance:message.payment')).first().click();
  await expect(page.getByText('oid=', { exact: false }).first()).toBeVisible();
  await desk.button(t('finance:order.inquire')).click();
  await expect(page.getByRole('status').filter({ hasText: paid.reference })).toBeVisible();
  await expectAccessible(page);
});

test('who decides dossiers has no payments, and finance no dossiers', async ({ signedInDesk, t }) => {
  const decider = await signedInDesk('Nadia El Fassi');
  const navigation = decider.page.getByRole('navigation', { name: t('desk:navigation.label') });
  await expect(navigation.getByRole('link', { name: t('desk:navigation.payments') })).toHaveCount(0);
  await decider.page.goto('/agents/paiements');
  await expect(decider.page.getByText(t('errors:problem.forbidden.detail'))).toBeVisible();

  const finance = await signedInDesk('Samir Lahlou', 'finance');
  const own = finance.page.getByRole('navigation', { name: t('desk:navigation.label') });
  await expect(own.getByRole('link', { name: t('desk:navigation.payments') })).toBeVisible();
  await expect(own.getByRole('link', { name: t('desk:navigation.queue') })).toHaveCount(0);
  await finance.page.goto('/agents/tableau-de-bord');
  await expect(finance.heading(t('finance:orders.title'))).toBeVisible();
});

test.describe('in Arabic', () => {
  test.use({ language: 'ar' });

  test('every screen of the payments is mirrored and accessible', async ({
    site,
    database,
    sandbox,
    signedInDesk,
    t,
  }) => {
    const paid = await paidOrder({ site, database, sandbox }, { method: 'cmi', channel: 'fatourati' });
    const desk = await signedInDesk('Samir Lahlou', 'finance');
    const { page } = desk;
    await expectAccessible(page);
    for (const [path, title] of [
      ['remboursements', t('finance:refunds.title')],
      ['anomalies', t('finance:anomalies.title')],
      ['fichiers', t('finance:files.title')],
      [`commandes/${paid.id}`, t('finance:order.title', { number: paid.number })],
    ] as const) {
      await page.goto(`/agents/paiements/${path}`);
      await expect(desk.heading(title)).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
      await expectAccessible(page);
    }
  });
});

import { makeInvoices } from '../../fixtures/invoices.ts';
import { expectBooks } from '../../fixtures/payment-books.ts';
import { expect, test } from '../../fixtures/test.ts';

test('over a slow phone network the whole way is the same', async ({ page, payer, database }) => {
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  // 3G: 400 ms there and back, 400 kbit/s.
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
  const { code, invoices } = await makeInvoices(database, [{}]);
  await payer.search(code);
  await payer.box(invoices[0].number).check();
  await payer.button('checkout:selection.pay').click();
  await payer.pay('amanpay', 'card');
  await payer.payByCard();
  await payer.comeBack();
  await expect(payer.outcome('paid')).toBeVisible();
  await expectBooks(database, payer.orderId(), { order: 'paid', invoices: ['paid'] });
});

test('offline it is told; the order is sent again with its key, and made once', async ({
  page,
  context,
  payer,
  t,
  database,
  consoleErrors,
}) => {
  consoleErrors.allow(/net::ERR_/);
  const { code, invoices } = await makeInvoices(database, [{}]);
  await payer.choose(code, invoices[0].number);
  await payer.channel('cmi', 'fatourati').check();
  await context.setOffline(true);
  await expect(page.getByText(t('payment:offline'))).toBeVisible();
  await payer.payButton().click();
  await expect(page.getByRole('alert')).toContainText(t('payment:trouble.offline.title'));
  await expect(page.getByRole('alert')).toContainText(t('checkout:pay.not-debited'));
  await context.setOffline(false);
  await expect(page.getByText(t('payment:offline'))).toBeHidden();
  // The answer is lost on its way: what it did is not known here, and is found again by its key.
  await page.route(
    '**/api/v1/payment-orders',
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await payer.payButton().click();
  await expect(page.getByRole('alert')).toContainText(t('payment:trouble.offline.title'));
  await payer.payButton().click();
  await expect(payer.outcome('reference')).toBeVisible();
  const { rows } = await database.query('select 1 from payment_order_lines where invoice_id = $1', [
    invoices[0].id,
  ]);
  expect(rows).toHaveLength(1);
});

test('the language is changed in the middle of the way, and kept', async ({ page, payer, database }) => {
  const { code, invoices } = await makeInvoices(database, [{}]);
  await payer.choose(code, invoices[0].number);
  await page.getByRole('button', { name: 'العربية' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByText(invoices[0].number)).toBeVisible();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
});

test('a reference that its provider is slow to give is told as such, and appears by itself', async ({
  page,
  payer,
  t,
  database,
}) => {
  const { code, invoices } = await makeInvoices(database, [{}]);
  await payer.choose(code, invoices[0].number);
  // Every answer as it is while the provider can't be reached, until that was seen.
  const orders = '**/api/v1/payment-orders{,/*}';
  await page.route(orders, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), next: null } });
  });
  await payer.pay('cmi', 'fatourati');
  await expect(payer.outcome('preparing')).toBeVisible();
  await expect(page.getByRole('heading', { name: t('checkout:again.title') })).toBeVisible();
  await page.unroute(orders);
  await expect(payer.outcome('reference')).toBeVisible({ timeout: 15_000 });
});

import { makeInvoices } from '../../fixtures/invoices.ts';
import { expectBooks } from '../../fixtures/payment-books.ts';
import { currentSite } from '../../fixtures/site.ts';
import { expect, test } from '../../fixtures/test.ts';

test('the API killed while the payer is at the gateway, and again while they wait: paid once, and told', async ({
  page,
  payer,
  database,
  consoleErrors,
}) => {
  consoleErrors.allow(/net::ERR_|status of 50\d/);
  const { code, invoices } = await makeInvoices(database, [{}]);
  await payer.choose(code, invoices[0].number);
  await payer.pay('cmi', 'card');
  await expect(page.getByLabel('CVV')).toBeVisible();
  const killed = await killApi();
  // CMI's question may meet nobody: then it isn't captured at once, and asking finds it out.
  await payer.payByCard();
  await expect.poll(() => currentSite().processes.api).not.toBe(killed);
  await expect(async () => {
    expect((await page.request.get('/readyz')).ok()).toBe(true);
  }).toPass({ timeout: 30_000 });
  await payer.comeBack();
  await expect(payer.outcome('paid').or(payer.outcome('confirming'))).toBeVisible({ timeout: 30_000 });
  await killApi();
  await expect(payer.outcome('paid')).toBeVisible({ timeout: 80_000 });
  await expectBooks(database, payer.orderId(), { order: 'paid', invoices: ['paid'], refunds: [] });
});

async function killApi(): Promise<number> {
  const { api } = currentSite().processes;
  if (!api) throw new Error('The API does not run.');
  process.kill(api, 'SIGKILL');
  return api;
}

import { formatAmount } from '@rnoce/i18n';
import { makeInvoices } from '../../fixtures/invoices.ts';
import { expectBooks, referenceOf } from '../../fixtures/payment-books.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('two payers on one invoice: the first confirmed settles it, the other’s cash is a refund due, told in plain words', async ({
  page,
  payer,
  t,
  database,
  sandbox,
  otherBrowser,
}) => {
  const { code, invoices } = await makeInvoices(database, [{}]);
  const [{ number }] = invoices;
  await payer.choose(code, number);
  await payer.pay('amanpay', 'tashilat');
  await expect(payer.outcome('reference')).toBeVisible();
  const loser = payer.orderId();

  const winner = payer.on((await otherBrowser()).page);
  await winner.choose(code, number);
  await winner.pay('cmi', 'card');
  await winner.payByCard();
  await winner.comeBack();
  await expect(winner.outcome('paid')).toBeVisible();
  await expectBooks(database, winner.orderId(), { order: 'paid', invoices: ['paid'] });

  await sandbox.atGateway('amanpay', await referenceOf(database, loser), 'pay');
  await page.reload();
  await expect(payer.outcome('refund_due', { amount: formatAmount('420.00') })).toBeVisible();
  await expect(page.getByText(t('checkout:reason.lost_to_another_order'))).toBeVisible();
  await expect(page.getByText(t('payment:help.number'))).toBeVisible();
  await expectBooks(database, loser, { order: 'refund_due', invoices: ['paid'], refunds: ['due'] });
});

test('one order paid by two references: it is paid, and the other money is told to go back, each with its own sum', async ({
  page,
  payer,
  t,
  database,
  sandbox,
}) => {
  const { code, invoices } = await makeInvoices(database, [{}]);
  await payer.choose(code, invoices[0].number);
  await payer.pay('amanpay', 'tashilat');
  await expect(payer.outcome('reference')).toBeVisible();
  const orderId = payer.orderId();
  const first = await referenceOf(database, orderId);
  await page.getByText(t('checkout:again.not-paid')).click();
  await payer.pay('cmi', 'fatourati');
  await expect.poll(() => referenceOf(database, orderId)).not.toBe(first);
  await sandbox.atGateway('fatourati', await referenceOf(database, orderId), 'pay');
  await sandbox.atGateway('amanpay', first, 'pay');
  await page.reload();
  await expect(payer.outcome('paid')).toBeVisible();
  await expectBooks(database, orderId, { order: 'paid', invoices: ['paid'], refunds: ['due'] });
  const amount = formatAmount('420.00');
  await expect(page.getByText(t('checkout:order.other-money.due', { amount }))).toBeVisible();
  await expectAccessible(page);
});

test('two payers by card: the second is refused at CMI and not charged', async ({
  page,
  payer,
  t,
  database,
  sandbox,
  otherBrowser,
}) => {
  const { code, invoices } = await makeInvoices(database, [{}]);
  const [{ number }] = invoices;
  await payer.choose(code, number);
  await payer.pay('cmi', 'card');
  await expect(page.getByLabel('CVV')).toBeVisible();
  const winner = payer.on((await otherBrowser()).page);
  await winner.choose(code, number);
  await winner.pay('amanpay', 'card');
  await winner.payByCard();
  await winner.comeBack();
  await expect(winner.outcome('paid')).toBeVisible();

  await payer.payByCard();
  await payer.comeBack();
  await expect(payer.outcome('refused')).toBeVisible();
  await expect(page.getByText(t('checkout:reason.lost_to_another_order'))).toBeVisible();
  await expect(page.getByText(t('checkout:again.not-payable'))).toBeVisible();
  const loser = payer.orderId();
  await expectBooks(database, loser, { order: 'failed', invoices: ['paid'], refunds: [] });
  await expect
    .poll(async () => await sandbox.ledgerOf('cmi', await referenceOf(database, loser)), { timeout: 20_000 })
    .toMatchObject({ captured: 0 });
});

test('pressed twice, one order is made; back from the gateway leads to it', async ({
  page,
  payer,
  database,
}) => {
  const { code, invoices } = await makeInvoices(database, [{}]);
  await payer.choose(code, invoices[0].number);
  await payer.channel('cmi', 'card').check();
  await payer.payButton().dblclick();
  await expect(page.getByLabel('CVV')).toBeVisible();
  const { rows } = await database.query<{ id: string }>(
    'select order_id as id from payment_order_lines where invoice_id = $1',
    [invoices[0].id],
  );
  expect(rows).toHaveLength(1);
  await page.goBack();
  await expect(payer.outcome('confirming')).toBeVisible();
  expect(payer.orderId()).toBe(rows[0]?.id);
  await page.goBack();
  await expect(payer.heading('checkout:results.title')).toBeVisible();
  await expect(payer.box(invoices[0].number)).toBeChecked();
});

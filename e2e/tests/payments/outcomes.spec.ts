import type { Page } from '@playwright/test';
import { formatAmount } from '@rnoce/i18n';
import type { PaymentChannel, PaymentMethod } from '@rnoce/schemas';
import type { Pool } from 'pg';
import { makeInvoices } from '../../fixtures/invoices.ts';
import type { Payer } from '../../fixtures/payer.ts';
import { expectBooks, referenceOf, shownReferenceOf } from '../../fixtures/payment-books.ts';
import { newEmail } from '../../fixtures/people.ts';
import { expect, test } from '../../fixtures/test.ts';

const amount = formatAmount('840.00');
const paid = { order: 'paid', invoices: ['paid', 'paid'], refunds: [], receipt: true };
const unpaid = { order: 'pending', invoices: ['unpaid', 'unpaid'] };

/** Two new invoices, chosen, and sent to be paid. */
async function payNew(payer: Payer, database: Pool, method: PaymentMethod, channel: PaymentChannel) {
  const { code, invoices } = await makeInvoices(database, [{}, {}]);
  await payer.choose(code, ...invoices.map(({ number }) => number));
  await payer.pay(method, channel);
  return { code, invoices };
}

/** At the bank or the agency where a reference is paid, beside the page that shows it. */
async function payElsewhere(page: Page, url: string, button: string): Promise<void> {
  const counter = await page.context().newPage();
  await counter.goto(url);
  await counter.getByRole('button', { name: button }).click();
  // A page that is closed on its way to another may never tell that it is.
  await expect(counter.getByRole('button', { name: button, exact: true })).toBeHidden();
  await counter.close();
}

/** The screen says that the order is paid, and so do the books. */
async function expectPaid(payer: Payer, database: Pool): Promise<void> {
  await expect(payer.outcome('paid')).toBeVisible();
  await expectBooks(database, payer.orderId(), paid);
}

test('by card at CMI: two invoices, the receipt, its e-mail and its verification', async ({
  page,
  payer,
  t,
  database,
  sandbox,
}) => {
  const { code, invoices } = await makeInvoices(database, [{}, {}]);
  const email = newEmail('payeur');
  await payer.choose(code, ...invoices.map(({ number }) => number));
  await page.getByLabel(t('checkout:email.label')).fill(email);
  await payer.pay('cmi', 'card');
  await expect(page.getByRole('heading', { name: 'CMI' })).toBeVisible();
  await payer.payByCard();
  await payer.comeBack();
  await expect(payer.outcome('paid')).toBeVisible();
  const orderId = payer.orderId();
  await expectBooks(database, orderId, paid);
  await expect
    .poll(async () => await sandbox.ledgerOf('cmi', await referenceOf(database, orderId)))
    .toMatchObject({ state: 'captured', captured: 84_000 });

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: t('checkout:receipt.download') }).click();
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
  await sandbox.inbox.lastMailTo(email);
  await page.getByRole('link', { name: t('checkout:receipt.check') }).click();
  await expect(payer.heading('checkout:check.genuine.title')).toBeFocused();
  for (const { number } of invoices) await expect(page.getByText(number)).toBeVisible();
  await expect(page.getByText(amount)).toBeVisible();

  // What is paid is no more to be paid, nor chosen.
  await page.goto(`/paiement/?code=${code}`);
  await expect(page.getByRole('alert')).toContainText(t('payment:none.title'));
});

test('by Fatourati: a reference with its code, amount and time; by e-mail; paid at the bank while the page watches', async ({
  page,
  payer,
  t,
  database,
  sandbox,
}) => {
  await payNew(payer, database, 'cmi', 'fatourati');
  await expect(payer.outcome('reference')).toBeVisible();
  const orderId = payer.orderId();
  await expectBooks(database, orderId, unpaid);
  const reference = page.getByRole('region', { name: t('checkout:reference.fatourati.title') });
  const shown = await shownReferenceOf(database, orderId);
  expect(shown).toMatch(/^\d{13}$/);
  await expect(reference).toContainText(shown);
  await expect(reference).toContainText(amount);
  await expect(reference.getByRole('img', { name: t('checkout:reference.qr') })).toBeVisible();
  await page.getByText(t('checkout:email.reference')).click();
  const email = newEmail('caissier');
  await page.getByLabel(t('checkout:email.to')).fill(email);
  await payer.button('checkout:email.send').click();
  await expect(page.getByText(t('checkout:email.sent', { email: '' }).trim().slice(0, 12))).toBeVisible();
  const mail = await sandbox.inbox.lastMailTo(email);
  expect(mail.text.replaceAll(/\s/g, '')).toContain(shown);

  await payElsewhere(page, `${sandbox.url}/fatourati/pay?reference=${shown}`, 'Payer cette référence');
  // The page may have looked by itself, as it is seen again.
  await payer.button('checkout:watch.action').or(payer.outcome('paid')).first().click();
  await expectPaid(payer, database);
});

test('by AmanPay, card', async ({ payer, database }) => {
  await payNew(payer, database, 'amanpay', 'card');
  await payer.payByCard();
  await payer.comeBack();
  await expectPaid(payer, database);
});

test('by TASHILAT: a code paid in cash at an agency', async ({ page, payer, t, database, sandbox }) => {
  await payNew(payer, database, 'amanpay', 'tashilat');
  await expect(payer.outcome('reference')).toBeVisible();
  const orderId = payer.orderId();
  await expect(page.getByRole('region', { name: t('checkout:reference.tashilat.title') })).toContainText(
    amount,
  );
  const shown = await shownReferenceOf(database, orderId);
  await payElsewhere(page, `${sandbox.url}/amanpay/agency?code=${shown}`, 'Payer ce code en espèces');
  // The page may have looked by itself, as it is seen again.
  await payer.button('checkout:watch.action').or(payer.outcome('paid')).first().click();
  await expectPaid(payer, database);
});

test('by direct debit: days may pass, the link tells it later; then the bank takes it back', async ({
  page,
  payer,
  t,
  database,
  sandbox,
}) => {
  await payNew(payer, database, 'amanpay', 'direct_debit');
  await page.getByRole('button', { name: 'Ordonner le débit' }).click();
  await payer.comeBack();
  await expect(payer.outcome('confirming')).toBeVisible();
  await expect(
    page.getByText(t('checkout:order.confirming.lead-debit', { provider: 'AmanPay' })),
  ).toBeVisible();
  const orderId = payer.orderId();
  await expectBooks(database, orderId, unpaid);
  const link = page.url();
  await page.goto('/');
  const reference = await referenceOf(database, orderId);
  await sandbox.atGateway('amanpay', reference, 'pay');
  await page.goto(link);
  await expectPaid(payer, database);

  await sandbox.atGateway('amanpay', reference, 'reverse');
  await page.reload();
  await expect(payer.outcome('reversed')).toBeVisible();
  await expect(page.getByRole('heading', { name: t('checkout:again.title') })).toBeVisible();
  await expectBooks(database, orderId, { order: 'reversed', invoices: ['unpaid', 'unpaid'] });
});

test('refused, with the reason; tried again on another channel, and accepted: one order', async ({
  page,
  payer,
  t,
  database,
}) => {
  await payNew(payer, database, 'cmi', 'card');
  await page.getByLabel('Motif du refus').selectOption('51');
  await page.getByRole('button', { name: 'Refuser cet essai' }).click();
  await page.getByRole('link', { name: 'Abandonner et retourner chez le marchand' }).click();
  await payer.comeBack();
  await expect(payer.outcome('refused')).toBeVisible();
  await expect(page.getByText(t('checkout:refusal.insufficient_funds'))).toBeVisible();
  const orderId = payer.orderId();
  await expectBooks(database, orderId, unpaid);
  await expect(payer.channel('cmi', 'card')).toBeChecked();
  await payer.pay('amanpay', 'card');
  await payer.payByCard();
  await payer.comeBack();
  await expect(payer.outcome('paid')).toBeVisible();
  expect(payer.orderId()).toBe(orderId);
  await expectBooks(database, orderId, paid);
});

test('given up at the gateway, then here; the same invoices are paid by a new order', async ({
  page,
  payer,
  t,
  database,
}) => {
  await payNew(payer, database, 'cmi', 'card');
  await page.getByRole('button', { name: 'Annuler' }).click();
  await payer.comeBack();
  // The way back from « Annuler » names no order: the page finds it.
  await expect(payer.outcome('confirming').or(payer.outcome('cancelled'))).toBeVisible();
  const orderId = payer.orderId();
  if (await payer.outcome('confirming').isVisible()) {
    await page.getByText(t('checkout:again.not-paid')).click();
    await payer.button('checkout:again.cancel').click();
  }
  await expect(payer.outcome('cancelled')).toBeVisible();
  await expectBooks(database, orderId, { order: 'cancelled', invoices: ['unpaid', 'unpaid'], refunds: [] });
  await payer.pay('cmi', 'card');
  await payer.payByCard();
  await payer.comeBack();
  await expect(payer.outcome('paid')).toBeVisible();
  expect(payer.orderId()).not.toBe(orderId);
  await expectBooks(database, payer.orderId(), paid);
});

test('expired at the gateway: nothing was taken', async ({ page, payer, database, sandbox }) => {
  await payNew(payer, database, 'amanpay', 'tashilat');
  await expect(payer.outcome('reference')).toBeVisible();
  const orderId = payer.orderId();
  await sandbox.atGateway('amanpay', await referenceOf(database, orderId), 'expire');
  await page.reload();
  await expect(payer.outcome('expired')).toBeVisible();
  await expectBooks(database, orderId, { order: 'expired', invoices: ['unpaid', 'unpaid'], refunds: [] });
});

test('late: the reference of an order that was given up is paid all the same, and its invoices are settled', async ({
  page,
  payer,
  t,
  database,
  sandbox,
}) => {
  await payNew(payer, database, 'cmi', 'fatourati');
  await expect(payer.outcome('reference')).toBeVisible();
  const orderId = payer.orderId();
  await page.getByText(t('checkout:again.not-paid')).click();
  await payer.button('checkout:again.cancel').click();
  await expect(payer.outcome('cancelled')).toBeVisible();
  await expectBooks(database, orderId, { order: 'cancelled' });
  await sandbox.atGateway('fatourati', await referenceOf(database, orderId), 'pay');
  await page.reload();
  await expect(payer.outcome('paid')).toBeVisible();
  await expectBooks(database, orderId, { ...paid, cause: 'late' });
});

test('as long as the notification is on its way the page says so, and then sees it by itself', async ({
  page,
  payer,
  database,
  sandbox,
}) => {
  const { invoices } = await payNew(payer, database, 'amanpay', 'card');
  await expect(page.getByLabel('CVV')).toBeVisible();
  const { rows } = await database.query<{ reference: string }>(
    `select a.reference from payment_attempts a join payment_order_lines l on l.order_id = a.order_id where l.invoice_id = $1`,
    [invoices[0].id],
  );
  await sandbox.setGatewayMode('amanpay', rows[0]?.reference ?? '', { callbacks: 'hold' });
  await payer.payByCard();
  await payer.comeBack();
  await expect(payer.outcome('confirming')).toBeVisible();
  await expectBooks(database, payer.orderId(), unpaid);
  await sandbox.releaseCallbacks('amanpay', rows[0]?.reference ?? '');
  await expect(payer.outcome('paid')).toBeVisible({ timeout: 30_000 });
  await expectBooks(database, payer.orderId(), paid);
});

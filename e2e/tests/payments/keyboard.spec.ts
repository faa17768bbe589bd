import { formatAmount } from '@rnoce/i18n';
import { makeInvoices } from '../../fixtures/invoices.ts';
import { Keyboard } from '../../fixtures/keyboard.ts';
import { PAYMENT } from '../../fixtures/payer.ts';
import { expectBooks, referenceOf } from '../../fixtures/payment-books.ts';
import { expect, test } from '../../fixtures/test.ts';

test.use({ language: 'ar' });

test('the whole page by keyboard, in Arabic: search, sort, filter, choose, pay by reference, read the receipt', async ({
  page,
  payer,
  t,
  database,
  sandbox,
}) => {
  const { code, invoices } = await makeInvoices(database, [
    {},
    { centimes: 10_050 },
    { issuer: 'TUV', centimes: 99_000 },
    ...Array.from({ length: 9 }, () => ({ centimes: 1000, dueOn: '2027-06-30' })),
  ]);
  const [first, second, tuv] = invoices;
  if (!first || !second || !tuv) throw new Error('Three were made.');
  const keyboard = new Keyboard(page);

  await page.goto(PAYMENT);
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('payment:skip') })).toBeFocused();
  await keyboard.press('Enter');
  await keyboard.type(payer.codeField(), code);
  await keyboard.press('Enter');
  await expect(payer.heading('checkout:results.title')).toBeFocused();

  const amount = page.getByRole('columnheader', { name: t('checkout:invoice.amount') });
  await keyboard.activate(amount.getByRole('button'));
  await expect(amount).toHaveAttribute('aria-sort', 'ascending');
  await keyboard.activate(page.getByRole('link', { name: t('checkout:pages.last') }));
  await keyboard.activate(payer.box(tuv.number), 'Space');
  await keyboard.activate(payer.bar().getByRole('button', { name: t('checkout:selection.clear') }));
  const filters = page.getByRole('search');
  await page.keyboard.press('Shift+Tab');
  await keyboard.choose(filters.getByLabel(t('checkout:filters.issuer')), 'PORTNET');
  await keyboard.activate(filters.getByRole('button', { name: t('checkout:filters.action') }));
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeFocused();
  await keyboard.activate(page.getByRole('link', { name: t('checkout:pages.last') }));
  await expect(payer.box(first.number)).toBeVisible();
  await keyboard.activate(payer.box(first.number), 'Space');
  await expect(payer.box(first.number)).toBeChecked();
  await expect(payer.bar()).toContainText(formatAmount('420.00'));
  await keyboard.activate(payer.button('checkout:selection.pay'));

  await expect(payer.heading('checkout:summary.title')).toBeFocused();
  await keyboard.goTo(payer.channel('cmi', 'card'));
  await keyboard.press('ArrowDown');
  await expect(payer.channel('cmi', 'fatourati')).toBeChecked();
  await keyboard.press('Enter');
  await expect(payer.outcome('reference')).toBeFocused();
  const orderId = payer.orderId();
  await expect(page.locator('.big-reference')).toHaveCSS('direction', 'ltr');
  await sandbox.atGateway('fatourati', await referenceOf(database, orderId), 'pay');
  await keyboard.activate(payer.button('checkout:watch.action'));
  await expect(payer.outcome('paid')).toBeVisible();
  await keyboard.activate(page.getByRole('link', { name: t('checkout:receipt.check') }));
  await expect(payer.heading('checkout:check.genuine.title')).toBeFocused();
  await expectBooks(database, orderId, { order: 'paid', invoices: ['paid'] });
});

import { formatAmount } from '@rnoce/i18n';
import { makeInvoices, newCode } from '../../fixtures/invoices.ts';
import { PAYMENT } from '../../fixtures/payer.ts';
import { expect, test } from '../../fixtures/test.ts';

/** 23 invoices: PORTNET's 1 to 21 on three pages, rising by date and amount; one of another issuer, one overdue. */
const many = [
  ...Array.from({ length: 21 }, (_, index) => ({
    number: `P${String(index + 1).padStart(2, '0')}`,
    dueOn: `2027-01-${String(index + 1).padStart(2, '0')}`,
    issuedOn: `2026-10-${String(index + 1).padStart(2, '0')}`,
    centimes: 1000 + index,
  })),
  { number: 'T22', issuer: 'TUV' as const, dueOn: '2027-02-01', centimes: 5000 },
  { number: 'B23', issuer: 'BV' as const, dueOn: '2026-01-31', issuedOn: '2026-01-01', centimes: 9_999_999 },
];

test('ten a page, by every way; sorted by every column; the address keeps it', async ({
  page,
  payer,
  t,
  database,
}) => {
  const { code } = await makeInvoices(database, withOwnNumbers(many));
  await payer.results(code);
  const rows = page.getByRole('row').filter({ has: page.getByRole('checkbox') });
  const pages = page.getByRole('navigation', { name: t('checkout:pages.label') });
  await expect(rows).toHaveCount(10);
  await expect(rows.first()).toContainText(t('checkout:invoice.overdue'));
  await pages.getByRole('link', { name: t('checkout:pages.last') }).click();
  await expect(rows).toHaveCount(3);
  await expect(
    page.getByRole('heading', {
      level: 2,
      name: t('checkout:results.range', { from: 21, to: 23, count: 23 }),
    }),
  ).toBeFocused();
  await pages.getByRole('link', { name: t('checkout:pages.previous') }).click();
  await expect(rows.first()).toContainText('P10');
  await pages.getByRole('link', { name: t('checkout:pages.first') }).click();
  await pages.getByRole('link', { name: t('checkout:pages.next') }).click();
  await expect(
    pages.getByRole('link', { name: t('checkout:pages.page', { page: 2, count: 3 }) }),
  ).toHaveAttribute('aria-current', 'page');
  await page.reload();
  await expect(rows.first()).toContainText('P10');
  await page.goBack();
  await expect(rows.first()).toContainText('B23');

  const amount = page.getByRole('columnheader', { name: t('checkout:invoice.amount') });
  await amount.getByRole('button').click();
  await expect(amount).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows.first()).toContainText('P01');
  await amount.getByRole('button').click();
  await expect(amount).toHaveAttribute('aria-sort', 'descending');
  await expect(rows.first()).toContainText('B23');
  await expect(rows.first()).toContainText(formatAmount('99999.99'));
  for (const column of ['number', 'issuer', 'clientCode', 'issuedOn', 'dueOn'] as const) {
    const header = page.getByRole('columnheader', { name: t(`checkout:invoice.${column}`) });
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
  }
});

test('four filters, emptied again', async ({ page, payer, t, database }) => {
  const { code } = await makeInvoices(database, withOwnNumbers(many));
  await payer.results(code);
  const filters = page.getByRole('search');
  const boxes = page.getByRole('checkbox');
  const search = filters.getByRole('button', { name: t('checkout:filters.action') });
  await filters.getByLabel(t('checkout:filters.issuer')).selectOption({ label: 'TUV Rheinland' });
  await search.click();
  await expect(boxes).toHaveCount(1);
  await filters.getByRole('button', { name: t('checkout:filters.clear') }).click();
  await expect(boxes).toHaveCount(10);
  await filters.getByLabel(t('checkout:filters.from')).fill('2026-10-05');
  await filters.getByLabel(t('checkout:filters.to')).fill('2026-10-01');
  await search.click();
  await expect(filters.getByText(t('checkout:filters.reversed'))).toBeVisible();
  await filters.getByLabel(t('checkout:filters.to')).fill('2026-10-06');
  await search.click();
  await expect(boxes).toHaveCount(2);
  await page.goBack();
  await expect(filters.getByLabel(t('checkout:filters.from'))).toHaveValue('');
  await filters.getByLabel(t('checkout:filters.issuer')).selectOption({ label: 'TUV Rheinland' });
  await filters.getByLabel(t('checkout:filters.to')).fill('2026-01-31');
  await search.click();
  await expect(page.getByText(t('payment:none.title'))).toBeVisible();
  await expect(page.getByText(t('checkout:none.filtered', { count: 23 }))).toBeVisible();
  await filters.getByRole('button', { name: t('checkout:filters.clear') }).click();
  await expect(boxes).toHaveCount(10);
  await filters.getByLabel(t('checkout:filters.number')).fill('INCONNU');
  await search.click();
  await expect(page.getByText(t('checkout:none.filtered', { count: 23 }))).toBeVisible();
  await expect(filters.getByLabel(t('checkout:filters.number'))).toHaveValue('INCONNU');
});

test('the choice survives pages, filters, reload, back and the summary; another tab has its own', async ({
  page,
  context,
  payer,
  t,
  database,
}) => {
  const { code, invoices } = await makeInvoices(database, withOwnNumbers(many));
  const [first, second] = invoices;
  if (!first || !second) throw new Error('Two were made.');
  await payer.results(code);
  await payer.button('checkout:selection.pay').click();
  await expect(payer.bar().getByRole('alert')).toContainText(t('checkout:selection.nothing'));
  await payer.box(first.number).check();
  await payer.box(second.number).check();
  const total = formatAmount('20.01');
  await expect(payer.bar()).toContainText(total);
  await page.getByRole('link', { name: t('checkout:pages.next') }).click();
  await expect(payer.box('P10')).toBeVisible();
  await expect(payer.bar()).toContainText(total);
  await page
    .getByRole('search')
    .getByLabel(t('checkout:filters.issuer'))
    .selectOption({ label: 'TUV Rheinland' });
  await page
    .getByRole('search')
    .getByRole('button', { name: t('checkout:filters.action') })
    .click();
  await expect(page.getByRole('checkbox')).toHaveCount(1);
  await page.reload();
  await expect(payer.bar()).toContainText(total);
  await payer.button('checkout:selection.pay').click();
  await expect(payer.heading('checkout:summary.title')).toBeFocused();
  await expect(page.getByText(first.number)).toBeVisible();
  await page.reload();
  await page.getByRole('link', { name: t('checkout:action.back'), exact: true }).click();
  await expect(payer.bar()).toContainText(total);
  await payer.results(code);
  await expect(payer.box(first.number)).toBeChecked();
  const other = payer.on(await context.newPage());
  await other.results(code);
  await expect(other.bar()).toContainText(t('checkout:selection.empty'));
  await other.page.goto(`${PAYMENT}reglement?code=${code}`);
  await expect(other.page.getByText(t('checkout:summary.empty.title'))).toBeVisible();
});

test('one issuer at a time: the other boxes say why, and offer to change', async ({ payer, t, database }) => {
  const { code, invoices } = await makeInvoices(database, [{}, { issuer: 'TUV' }]);
  const [portnet, tuv] = invoices;
  await payer.results(code);
  await payer.box(portnet.number).check();
  await expect(payer.box(tuv.number)).toHaveAttribute('aria-disabled', 'true');
  await expect(payer.box(tuv.number)).toHaveAccessibleDescription(
    t('checkout:selection.one-issuer', { issuer: 'PORTNET' }),
  );
  await payer.box(tuv.number).press('Space');
  await expect(payer.box(tuv.number)).not.toBeChecked();
  await expect(payer.bar().getByRole('alert')).toContainText(
    t('checkout:selection.other-issuer', { issuer: 'PORTNET', other: 'TUV Rheinland' }),
  );
  await payer
    .bar()
    .getByRole('button', { name: t('checkout:selection.instead', { number: tuv.number }) })
    .click();
  await expect(payer.box(tuv.number)).toBeChecked();
  await expect(payer.box(portnet.number)).not.toBeChecked();
});

test('invoices without a method in common, and those that were paid meanwhile, are told before anything is paid', async ({
  page,
  payer,
  t,
  database,
}) => {
  const { code, invoices } = await makeInvoices(database, [
    { methods: ['cmi'] },
    { methods: ['amanpay'] },
    {},
  ]);
  const [card, cash, paid] = invoices;
  await payer.results(code);
  await payer.box(card.number).check();
  await payer.box(cash.number).check();
  await payer.button('checkout:selection.pay').click();
  await expect(payer.bar().getByRole('alert')).toContainText(t('checkout:selection.methods'));
  await payer.box(cash.number).uncheck();
  await payer.box(paid.number).check();
  await payer.button('checkout:selection.pay').click();
  await expect(payer.channel('cmi', 'card')).toBeVisible();
  await expect(payer.channel('amanpay', 'card')).toHaveCount(0);
  await database.query(`update invoices set status = 'paid', paid_at = now() where id = $1`, [paid.id]);
  await payer.pay('cmi', 'card');
  await expect(page.getByRole('alert').filter({ hasText: paid.number })).toContainText(
    t('checkout:results.gone', { count: 1, numbers: paid.number }),
  );
  await expect(page.getByRole('listitem').filter({ hasText: card.number })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: paid.number })).toHaveCount(0);

  // Another amount than is shown isn't ordered either: it is shown first.
  await database.query('update invoices set amount_centimes = 123456 where id = $1', [card.id]);
  await payer.pay('cmi', 'card');
  await expect(page.getByText(t('checkout:pay.not-debited'))).toBeVisible();
  await page.getByRole('link', { name: t('checkout:pay.see-again') }).click();
  await expect(payer.box(card.number)).toBeChecked();
  await expect(payer.bar()).toContainText(formatAmount('1234.56'));
});

test('on a phone each invoice is a card, ticked anywhere; a natural person is masked', async ({
  page,
  payer,
  t,
  database,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { code, invoices } = await makeInvoices(database, [
    {},
    { clientName: 'Amine BENALI', clientIsPerson: true },
  ]);
  await payer.results(code);
  await expect(page.getByRole('table')).toHaveCount(0);
  await page.getByRole('listitem').filter({ hasText: invoices[0].number }).click();
  await expect(payer.box(invoices[0].number)).toBeChecked();
  await expect(page.getByText('BENALI')).toHaveCount(0);
  await page.getByLabel(t('checkout:sort.label')).selectOption('amount');
  await expect(page).toHaveURL(/sort=amount/);
  await expect(payer.button('checkout:selection.pay')).toBeInViewport();
});

test('on a phone a long number goes on below, on every screen', async ({ page, payer, database }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const number = `FAC-2026-CASABLANCA-PORT-${newCode()}-${newCode()}-${newCode()}`;
  const { code } = await makeInvoices(database, [{ number }]);
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await payer.choose(code, number);
  await expect(page.getByText(number)).toBeVisible();
  expect(await overflow()).toBe(0);
  await payer.pay('cmi', 'fatourati');
  await expect(payer.outcome('reference')).toBeVisible();
  await expect(page.getByText(number)).toBeVisible();
  expect(await overflow()).toBe(0);
});

/** Numbers are unique for an issuer: the same in several tests, each with an end of its own. */
function withOwnNumbers<Invoice extends { number: string }>(invoices: readonly Invoice[]): Invoice[] {
  const own = Math.random().toString(36).slice(2, 8).toUpperCase();
  return invoices.map((invoice) => ({ ...invoice, number: `${invoice.number}-${own}` }));
}

import type { Page } from '@playwright/test';
import { formatAmount } from '@rnoce/i18n';
import type { Pool } from 'pg';
import type { Operator } from '../../fixtures/accounts.ts';
import { makeInvoices } from '../../fixtures/invoices.ts';
import { PORTAL } from '../../fixtures/portal.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

const PHONE = { width: 360, height: 740 };

/** The single window gives the code to the account. */
const give = (database: Pool, code: string, { legalName, accountId }: Operator) =>
  database.query(
    `insert into subscription_codes (code, ice, legal_name, account_id) values ($1, '009970001000000', $2, $3)`,
    [code, legalName, accountId],
  );

const expectNoOverflow = async (page: Page): Promise<void> => {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
};

for (const language of ['fr', 'ar', 'en'] as const) {
  test.describe(`« Mes factures » (${language})`, () => {
    test.use({ language });

    test('tells what is owed and leads to its payment; paid ones are told apart', async ({
      page,
      portal,
      operator,
      t,
      database,
    }) => {
      const { code, invoices } = await makeInvoices(database, [
        { dueOn: '2026-01-31', centimes: 12_345 },
        { issuer: 'TUV', centimes: 420_000 },
        { centimes: 2_000 },
      ]);
      await give(database, code, operator);
      await database.query(
        `update invoices set status = 'paid', paid_at = '2026-11-02T09:30:00Z' where id = $1`,
        [invoices[2].id],
      );
      await portal.signIn(operator);
      await portal.link(t('portal:panel.invoices'), await portal.panel()).click();
      await expect(portal.heading(t('invoices:title'))).toBeFocused();
      await expect(page.getByRole('region', { name: t('invoices:owed') })).toContainText(
        formatAmount('4323.45'),
      );
      const table = page.getByRole('table', { name: t('invoices:title') });
      const rows = table.getByRole('row');
      await expect(rows).toHaveCount(4);
      await expect(rows.nth(1)).toContainText(invoices[0].number);
      await expect(rows.nth(1)).toContainText(t('invoices:status.overdue'));
      await expect(rows.nth(3)).toContainText(t('invoices:paid-on', { date: '02/11/2026' }));
      await expectAccessible(page);

      await portal.link(t('invoices:filter.unpaid')).click();
      await expect(rows).toHaveCount(3);
      await page.goBack();
      await expect(rows).toHaveCount(4);
      await portal.link(t('invoices:filter.paid')).click();
      await expect(page).toHaveURL(`${PORTAL}/mes-factures?etat=paid`);
      await page.reload();
      await expect(rows).toHaveCount(2);

      await portal.link(t('invoices:pay', { code })).click();
      await expect(page).toHaveURL(new RegExp(`/paiement/\\?code=${code}$`));
      await expect(page.getByText(invoices[1].number)).toBeVisible();
    });

    test('on a phone, each invoice is a card', async ({ page, portal, operator, t, database }) => {
      await page.setViewportSize(PHONE);
      const { code } = await makeInvoices(database, [{ centimes: 99_999_999_999 }, { issuer: 'TUV' }]);
      await give(database, code, operator);
      await portal.signIn(operator);
      await portal.open('/mes-factures');
      await expect(page.getByRole('table', { name: t('invoices:title') })).toBeVisible();
      await expectAccessible(page);
      await expectNoOverflow(page);
    });
  });
}

test('a receipt is downloaded from the history of payments, on a phone a card each', async ({
  page,
  portal,
  demoAccount,
  t,
}) => {
  await portal.signIn(demoAccount('validated'));
  await portal.open('/mes-factures');
  const payments = page.getByRole('region', { name: t('invoices:payments') });
  const receipt = payments.getByRole('link', { name: /R-\d{4}-\d{10}/ }).first();
  const downloaded = page.waitForEvent('download');
  await receipt.click();
  const file = await downloaded;
  expect(await file.failure()).toBeNull();
  expect(file.suggestedFilename()).toMatch(/\.pdf$/);
  await page.setViewportSize(PHONE);
  await expectAccessible(page);
  await expectNoOverflow(page);
});

test('an account that has proved nothing sees no invoice, and is told how they come', async ({
  page,
  portal,
  operator,
  t,
}) => {
  await portal.signIn(operator);
  await portal.open('/mes-factures');
  await expect(page.getByText(t('invoices:empty-unproved'))).toBeVisible();
  await expect(page.getByText(t('invoices:no-payment'))).toBeVisible();
  await expectAccessible(page);
});

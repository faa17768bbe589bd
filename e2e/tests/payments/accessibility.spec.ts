import { makeInvoices } from '../../fixtures/invoices.ts';
import { PAYMENT } from '../../fixtures/payer.ts';
import { referenceOf } from '../../fixtures/payment-books.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

const windows = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const;
const looks = [
  ['fr', 'phone', 'light'],
  ['fr', 'desktop', 'dark'],
  // Of Arabic letters axe judges no contrast: one look tells the rest.
  ['ar', 'phone', 'dark'],
] as const;

for (const [language, window, colorScheme] of looks) {
  test.describe(`in ${language}, on a ${window}, ${colorScheme}`, () => {
    test.use({ language, viewport: windows[window], colorScheme });

    test('every screen can be read and used by all', async ({ page, payer, t, database, sandbox }) => {
      const { code, invoices } = await makeInvoices(database, [
        { dueOn: '2026-01-31' },
        {
          number: `FACTURE-TRES-LONGUE-${Date.now()}`,
          clientName: 'Société Générale d’Importation du Gharb SARL',
        },
        { issuer: 'TUV' },
        ...Array.from({ length: 20 }, () => ({})),
      ]);
      const [first, , tuv] = invoices;
      if (!first || !tuv) throw new Error('They were made.');

      await page.goto(PAYMENT);
      await payer.button('payment:search.action').click();
      await expectAccessible(page);
      await page.goto(`${PAYMENT}?code=${code}&number=INCONNU`);
      await expect(page.getByRole('alert')).toBeVisible();
      await expectAccessible(page);
      await payer.results(code);
      await payer.box(first.number).check();
      await page.goto(`${PAYMENT}?code=${code}&issuer=TUV`);
      await payer.box(tuv.number).press('Space');
      await expect(payer.bar().getByRole('alert')).not.toBeEmpty();
      await expectAccessible(page);
      await payer.results(code);
      await expectAccessible(page);
      await payer.button('checkout:selection.pay').click();
      await payer.payButton().click();
      await expectAccessible(page);

      await payer.pay('cmi', 'fatourati');
      await expect(payer.outcome('reference')).toBeVisible();
      await page.getByText(t('checkout:again.not-paid')).click();
      await page.getByText(t('checkout:email.reference')).click();
      await expect(payer.channel('cmi', 'card')).toBeVisible();
      await expectAccessible(page);
      const order = page.url();
      const orderId = payer.orderId();
      // What the other states say is shown by rows of their own making.
      await database.query(`update payment_orders set status = 'cancelled' where id = $1`, [orderId]);
      await page.goto(order);
      await expect(payer.outcome('cancelled')).toBeVisible();
      await expect(payer.channel('cmi', 'card')).toBeVisible();
      await expectAccessible(page);
      await sandbox.atGateway('fatourati', await referenceOf(database, orderId), 'pay');
      await page.goto(order);
      await expect(payer.outcome('paid')).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('link', { name: t('checkout:receipt.check') }).click();
      await expect(payer.heading('checkout:check.genuine.title')).toBeVisible();
      await expectAccessible(page);
      await page.goto(`${PAYMENT}recus/0000`);
      await expect(payer.heading('checkout:check.unknown.title')).toBeVisible();
      await expectAccessible(page);
      await page.goto(`${PAYMENT}nulle-part`);
      await expect(payer.heading('payment:missing.title')).toBeVisible();
      await expectAccessible(page);
    });
  });
}

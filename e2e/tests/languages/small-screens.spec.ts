import type { Page } from '@playwright/test';
import { makeInvoices } from '../../fixtures/invoices.ts';
import { PAYMENT } from '../../fixtures/payer.ts';
import { PORTAL } from '../../fixtures/portal.ts';
import { expect, test } from '../../fixtures/test.ts';

/** A window of 1280 px enlarged to 400 % (WCAG 1.4.10): nothing is cut, and nothing asks to scroll sideways. */
test.use({ viewport: { width: 320, height: 640 } });

/** Texts of controls that are cut, and whatever reaches over the edge of the window without a frame that scrolls. */
async function expectFits(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const found = await page.evaluate(() => {
    const root = document.documentElement;
    const isFramed = (element: Element): boolean =>
      element.parentElement !== null &&
      (getComputedStyle(element.parentElement).overflowX !== 'visible' || isFramed(element.parentElement));
    const textOf = (element: Element) => `${element.tagName} ${element.textContent.trim().slice(0, 60)}`;
    const cut = [...document.querySelectorAll('button, button span, a, a span')].filter(
      (one) => getComputedStyle(one).overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1,
    );
    const over = [...document.querySelectorAll('body *')].filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 1 && right > 0 && (right > root.clientWidth + 1 || left < -1) && !isFramed(one);
    });
    return {
      tooWide: root.scrollWidth - root.clientWidth,
      cut: cut.filter((one) => one.clientWidth > 1).map(textOf),
      over: over.map(textOf),
    };
  });
  expect.soft(found, page.url()).toEqual({ tooWide: 0, cut: [], over: [] });
}

for (const language of ['fr', 'ar'] as const)
  test.describe(`at 320 px, in « ${language} »`, () => {
    test.use({ language });

    test('the private space fits', async ({ page, portal, demoAccount, t }) => {
      await portal.signIn(demoAccount('apart'));
      await portal.open('/demandes');
      // What must be done now stands first, whichever authority asks for it.
      await expect(
        page
          .getByRole('article')
          .filter({ has: page.getByRole('heading', { level: 3 }) })
          .first(),
      ).toHaveAccessibleName(t('subscriptions:filing.title.portnet'));
      await expect(portal.link(t('operations:button.cancellation'))).toBeVisible();
      await expectFits(page);
      await page.context().clearCookies();
      await portal.signIn(demoAccount('validated'));
      await portal.open('/mes-factures');
      await expect(page.getByRole('table').first()).toBeVisible();
      await expectFits(page);
    });

    test('the wizard fits', async ({ page, portal, demoAccount }) => {
      await portal.signIn(demoAccount('contract'));
      await portal.open('/demandes');
      await page.locator(`a[href^="${PORTAL}/demandes/"]`).first().click();
      await expect(page.locator('.rnoce-form-foot')).toBeVisible();
      await expectFits(page);
    });

    test('payment fits, with long numbers and large amounts', async ({ page, payer, database }) => {
      await page.goto(PAYMENT);
      await expectFits(page);
      const number = `FACTURE-2026-${Date.now()}0000123456/ABCDEF`;
      const { code } = await makeInvoices(database, [{ number, centimes: 9_999_999_999 }, {}]);
      await payer.results(code);
      await expectFits(page);
      await payer.box(number).check();
      await expectFits(page);
      // Two characters a line are no number.
      const amount = page.locator('.card-head .amount').first();
      const [numberBox, amountBox] = [
        await page.locator('.card-head .number').first().boundingBox(),
        await amount.boundingBox(),
      ];
      expect(amountBox?.y).toBeGreaterThanOrEqual((numberBox?.y ?? 0) + (numberBox?.height ?? 0) - 1);
      await payer.button('checkout:selection.pay').click();
      await expect(payer.heading('checkout:summary.title')).toBeVisible();
      await expectFits(page);
    });
  });

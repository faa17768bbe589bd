import { makeInvoices, newCode } from '../../fixtures/invoices.ts';
import { PAYMENT } from '../../fixtures/payer.ts';
import { expect, test } from '../../fixtures/test.ts';

test('a code is asked for, corrected at its field, and taken as people type it', async ({
  page,
  payer,
  t,
  database,
}) => {
  const { code, invoices } = await makeInvoices(database, [{}]);
  await page.goto(PAYMENT);
  await payer.button('payment:search.action').click();
  const summary = page.getByRole('alert').filter({ has: page.getByRole('heading', { level: 2 }) });
  await expect(summary).toBeFocused();
  await summary.getByRole('link', { name: t('payment:search.code.empty') }).click();
  await expect(payer.codeField()).toBeFocused();
  await page.keyboard.type('12-');
  await page.keyboard.press('Enter');
  await expect(summary).toContainText(t('payment:search.code.form'));
  await payer.codeField().fill(` ${code.slice(0, 2)} ${code.slice(2).toLowerCase()} `);
  await page.keyboard.press('Enter');
  await expect(payer.heading('checkout:results.title')).toBeFocused();
  await expect(payer.box(invoices[0].number)).toBeVisible();
  await expect(page).toHaveURL(`${PAYMENT}?code=${code}`);
  await expect(page).toHaveTitle(`${t('checkout:results.title')} · RNOCE`);
});

test('a code typed with Arabic digits is the same code', async ({ page, payer, database }) => {
  const digits = '1234567890';
  const code = Array.from({ length: 4 }, () => digits[Math.floor(Math.random() * 10)]).join('');
  const { invoices } = await makeInvoices(database, [{}], code);
  await page.goto(PAYMENT);
  await payer
    .codeField()
    .fill(code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))));
  await page.keyboard.press('Enter');
  await expect(payer.heading('checkout:results.title')).toBeFocused();
  await expect(page).toHaveURL(`${PAYMENT}?code=${code}`);
  await payer.results(code);
  await expect(payer.box(invoices[0].number).first()).toBeVisible();
});

test('a waiting message stands while the invoices are fetched', async ({ page, payer, t, database }) => {
  const { code } = await makeInvoices(database, [{}]);
  const held = Promise.withResolvers<void>();
  await page.route('**/api/v1/public/invoices*', async (route) => {
    await held.promise;
    await route.continue();
  });
  await payer.search(code);
  await expect(page.getByText(t('payment:waiting.detail', { code }))).toBeVisible();
  held.resolve();
  await expect(payer.heading('checkout:results.title')).toBeVisible();
});

test('nothing found is said alike for an unknown code and one without invoices, with the way to search again', async ({
  page,
  payer,
  t,
  database,
}) => {
  const { code } = await makeInvoices(database, [{}]);
  await database.query(`update invoices set status = 'paid', paid_at = now() where client_code = $1`, [code]);
  for (const searched of [code, newCode()]) {
    await payer.search(searched);
    await expect(page.getByRole('alert')).toContainText(t('payment:none.title'));
    await expect(page.getByRole('alert')).toContainText(t('payment:none.detail', { code: searched }));
    // A slip of the finger is corrected where it was typed.
    await expect(payer.codeField()).toHaveValue(searched);
  }
  await page.getByRole('link', { name: t('payment:search.new') }).click();
  await expect(payer.codeField()).toHaveValue('');
  await expect(payer.heading('payment:search.title')).toBeFocused();
});

test('code and number go straight to one invoice; a wrong number leads to all of the code', async ({
  page,
  payer,
  t,
  database,
}) => {
  const { code, invoices } = await makeInvoices(database, [{}, {}]);
  await page.goto(`${PAYMENT}?code=${code.toLowerCase()}&number=${invoices[1].number.toLowerCase()}`);
  await expect(page.getByRole('checkbox')).toHaveCount(1);
  await expect(payer.box(invoices[1].number)).toBeVisible();
  await page.goto(`${PAYMENT}?code=${code}&number=INCONNU`);
  await page.getByRole('link', { name: t('payment:none.without-number', { code }) }).click();
  await expect(page.getByRole('checkbox')).toHaveCount(2);
});

test('a link with what is no code says so at the field, which holds it', async ({ page, payer, t }) => {
  await page.goto(`${PAYMENT}?code=%3C%3E`);
  await expect(payer.codeField()).toHaveValue('<>');
  await expect(payer.codeField()).toHaveAccessibleDescription(new RegExp(t('payment:search.code.form')));
});

test('when many search in vain, the browser works for its answer, and the payer only waits', async ({
  page,
  payer,
  t,
  database,
}) => {
  const { code } = await makeInvoices(database, [{}]);
  let asked = 0;
  const seen = Promise.withResolvers<void>();
  await page.route('**/api/v1/public/invoices*', async (route) => {
    asked += 1;
    if (asked > 1) {
      // A fast machine would be through before anybody has read it.
      await seen.promise;
      await route.continue();
    } else
      await route.fulfill({
        status: 428,
        contentType: 'application/problem+json',
        json: { code: 'proof_of_work_missing', title: '', detail: '', status: 428, type: '', requestId: 'r' },
      });
  });
  const solved = page.waitForRequest((request) => request.url().includes('captcha='));
  await payer.search(code);
  await expect(page.getByText(t('payment:proving.title'))).toBeVisible();
  seen.resolve();
  await solved;
  await expect(payer.heading('checkout:results.title')).toBeVisible();
});

test('the part that proves did not come: trying again fetches it, and finds', async ({
  page,
  payer,
  t,
  database,
  consoleErrors,
}) => {
  consoleErrors.allow(/net::ERR_FAILED/);
  const { code } = await makeInvoices(database, [{}]);
  await page.route('**/api/v1/public/invoices*', (route) =>
    route.request().url().includes('captcha=')
      ? route.continue()
      : route.fulfill({
          status: 428,
          contentType: 'application/problem+json',
          json: {
            code: 'proof_of_work_missing',
            title: '',
            detail: '',
            status: 428,
            type: '',
            requestId: 'r',
          },
        }),
  );
  await page.route(/\/proof-of-work[^/]*\.js/, (route) => route.abort(), { times: 1 });
  await payer.search(code);
  await page.getByRole('button', { name: t('common:action.retry') }).click();
  await expect(payer.heading('checkout:results.title')).toBeVisible();
});

test('too many searches: when to come back; the service away: what happened, and its number', async ({
  page,
  payer,
  t,
  database,
  consoleErrors,
}) => {
  consoleErrors.allow(/status of 500/);
  const { code } = await makeInvoices(database, [{}]);
  let status = 429;
  await page.route('**/api/v1/public/invoices*', (route) =>
    status === 200
      ? route.continue()
      : route.fulfill({
          status,
          headers: { 'retry-after': '120', 'x-request-id': 'incident-42' },
          contentType: status === 429 ? 'application/problem+json' : 'text/html',
          body:
            status === 429
              ? JSON.stringify({
                  code: 'rate_limited',
                  title: '',
                  detail: '',
                  status,
                  type: '',
                  requestId: 'r',
                })
              : '<html>',
        }),
  );
  await payer.search(code);
  await expect(page.getByRole('alert')).toContainText(t('payment:limited.title'));
  await expect(page.getByRole('alert')).toContainText(t('payment:limited.with-number'));
  status = 500;
  await payer.button('payment:search.action').click();
  await expect(page.getByRole('alert')).toContainText(t('payment:trouble.unreadable.title'));
  await expect(page.getByRole('alert')).toContainText('incident-42');
  status = 200;
  await payer.button('payment:action.retry').click();
  await expect(payer.heading('checkout:results.title')).toBeVisible();
});

test('an address that leads nowhere, and an order or a receipt that nobody knows, say so', async ({
  page,
  payer,
}) => {
  await page.goto(`${PAYMENT}nulle-part`);
  await expect(payer.heading('payment:missing.title')).toBeVisible();
  for (const id of ['8d3b4a52-6f0e-4c63-9a0c-9d0c5a7f9a11', 'pas-un-numero']) {
    await page.goto(`${PAYMENT}commandes/${id}`);
    await expect(payer.outcome('unknown')).toBeVisible();
  }
  await page.goto(`${PAYMENT}recus/0000`);
  await expect(payer.heading('checkout:check.unknown.title')).toBeVisible();
});

import { formatAmount, formatDate } from '@rnoce/i18n';
import { expectBooks } from '../../fixtures/payment-books.ts';
import { paidOrder } from '../../fixtures/payment-orders.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

/** A day on which nothing was captured, so that nothing of the other tests is missing in the file. */
const day = '2026-01-15';
const head = 'orderId;transactionId;method;status;amount;currency;occurredAt';

test('« rejet J+2 » found by the file of the day: gaps shown, the gateway asked, the invoices to be paid again', async ({
  site,
  database,
  sandbox,
  signedInDesk,
  t,
}) => {
  const place = { site, database, sandbox };
  const choice = { method: 'amanpay', channel: 'direct_debit' } as const;
  const rejected = await paidOrder(place, choice);
  const short = await paidOrder(place, choice);
  await expectBooks(database, rejected.id, { order: 'paid' });
  await expectBooks(database, short.id, { order: 'paid' });
  await sandbox.setGatewayMode('amanpay', rejected.reference, { callbacks: 'silent' });
  await sandbox.atGateway('amanpay', rejected.reference, 'reverse');
  const line = async (reference: string, status: string, centimes = 42_000) =>
    `${reference};${(await sandbox.ledgerOf('amanpay', reference)).transactionId};direct_debit;${status};${centimes};MAD;2026-01-15T10:00:00Z`;
  const content = [
    head,
    await line(rejected.reference, 'PAID'),
    await line(rejected.reference, 'REVERSED'),
    await line(short.reference, 'PAID', 41_000),
    `${short.reference};?;direct_debit;PAID;beaucoup;MAD;`,
    '',
  ].join('\n');

  const desk = await signedInDesk('Samir Lahlou', 'finance');
  const { page } = desk;
  await page.goto('/agents/paiements/fichiers');
  await expect(page.getByText(t('finance:files.missing'))).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole('form', { name: t('finance:files.give') })
    .getByRole('combobox')
    .selectOption('amanpay');
  await desk.field(t('finance:files.day')).fill(day);
  await desk
    .field(t('finance:files.choose'))
    .setInputFiles({ name: 'amanpay.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await desk.button(t('finance:files.compare')).click();
  const provider = t('reference:paymentMethod.amanpay');
  await expect(desk.heading(t('finance:report.title', { provider, day: formatDate(day) }))).toBeVisible();
  await expect(page.getByText(t('finance:report.incomplete'))).toBeVisible();
  const gap = page.getByRole('row').filter({ hasText: short.reference });
  await expect(gap).toContainText(t('finance:anomaly.gap_amount'));
  await expect(gap).toContainText(formatAmount('410.00'));
  await expectAccessible(page);

  // The worker asks AmanPay, whose word takes the payment back; the gap explains itself.
  await expectBooks(database, rejected.id, { order: 'reversed', invoices: ['unpaid'] });
  await page.reload();
  const rejectedGap = page.getByRole('row').filter({ hasText: rejected.reference });
  await expect(rejectedGap).toContainText(t('finance:anomaly.gap_state'));
  await expect(rejectedGap.getByRole('button')).toHaveCount(0);

  await gap.getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await desk.field(t('finance:anomalies.close-note'), dialog).fill('Frais retenus, vus avec AmanPay');
  await desk.button(t('finance:anomalies.close'), dialog).click();
  await expect(dialog).toBeHidden();
  await expect(gap).toContainText('Frais retenus, vus avec AmanPay');
  await expectBooks(database, short.id, { order: 'paid' });

  await page.goto('/agents/paiements/anomalies?state=closed&kind=gap_amount');
  await expect(page.getByRole('row').filter({ hasText: short.reference })).toContainText('Samir Lahlou');
  await expectAccessible(page);
});

test('what is no file of the provider is refused in words', async ({ signedInDesk, t }) => {
  const desk = await signedInDesk('Samir Lahlou', 'finance');
  await desk.page.goto('/agents/paiements/fichiers');
  await desk
    .field(t('finance:files.choose'))
    .setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer: Buffer.from('un;deux\n1;2\n') });
  await desk.button(t('finance:files.compare')).click();
  await expect(desk.page.getByRole('alert')).toBeVisible();
  await expect(desk.heading(t('finance:files.title'))).toBeVisible();
});

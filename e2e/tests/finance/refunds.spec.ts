import { formatAmount } from '@rnoce/i18n';
import { casablancaDate } from '@rnoce/schemas/casablanca-time';
import { expectBooks } from '../../fixtures/payment-books.ts';
import { orderPayment, paidOrder, refundDue } from '../../fixtures/payment-orders.ts';
import { newEmail } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

const amount = formatAmount('420.00');

test('money that goes back: taken, given back to the payer, recorded, and told', async ({
  site,
  database,
  sandbox,
  signedInDesk,
  t,
  payer,
}) => {
  const email = newEmail('payeur');
  const order = await refundDue({ site, database, sandbox }, email);
  const desk = await signedInDesk('Samir Lahlou', 'finance');
  const { page } = desk;
  await page.goto('/agents/paiements/remboursements?sort=newest');
  const row = page.getByRole('row').filter({ hasText: order.number });
  await expect(row).toContainText(amount);
  await expect(row).toContainText(t('finance:refunds.owner-none'));
  await expect(row).not.toContainText(email);
  await expectAccessible(page);

  await row.getByRole('link', { name: order.number }).click();
  await expect(desk.heading(t('finance:order.title', { number: order.number }))).toBeVisible();
  const card = page.getByRole('article').filter({ hasText: t('finance:refund.due') });
  await expect(card).toContainText(email);
  await desk.button(t('finance:refund.take'), card).click();
  await expect(card).toContainText(t('finance:refunds.owner-me'));
  await expectAccessible(page);

  await desk.button(t('finance:record.open'), card).click();
  const dialog = page.getByRole('dialog', { name: t('finance:record.title', { amount }) });
  await desk.button(t('finance:record.action'), dialog).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await desk.field(t('finance:record.way'), dialog).selectOption('transfer');
  await desk.field(t('finance:record.proof'), dialog).fill('VIR-2026-004512');
  const [year, month, day] = casablancaDate(new Date()).split('-');
  await desk.field(t('finance:record.date'), dialog).fill(`${day}/${month}/${year}`);
  await expectAccessible(page);
  await desk.button(t('finance:record.action'), dialog).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('article').filter({ hasText: 'VIR-2026-004512' })).toContainText(
    t('finance:way.transfer'),
  );
  await expectBooks(database, order.id, { order: 'refunded', refunds: ['refunded'] });

  await payer.page.goto(`/paiement/commandes/${order.id}`);
  await expect(payer.outcome('refunded', { amount })).toBeVisible();
  const mail = await sandbox.inbox.lastMailTo(email, { subject: t('emails:payment_refunded.subject') });
  expect(mail.text).toContain(amount);
});

test('two agents on one refund: the second is told, and records nothing', async ({
  site,
  database,
  sandbox,
  signedInDesk,
  t,
}) => {
  const order = await refundDue({ site, database, sandbox }, newEmail('payeur'));
  const mine = await signedInDesk('Samir Lahlou', 'finance');
  const theirs = await signedInDesk('Hind Alaoui', 'administrator');
  const dialogs = [];
  for (const desk of [mine, theirs]) {
    await desk.page.goto(`/agents/paiements/commandes/${order.id}`);
    await desk.button(t('finance:record.open')).click();
    const dialog = desk.page.getByRole('dialog');
    await desk.field(t('finance:record.way'), dialog).selectOption('transfer');
    await desk.field(t('finance:record.proof'), dialog).fill(desk === mine ? 'VIR-1' : 'VIR-2');
    await desk.field(t('finance:record.date'), dialog).fill('01/11/2026');
    dialogs.push(dialog);
  }
  const [first, second] = dialogs;
  if (!first || !second) throw new Error('two dialogs are open');
  await mine.button(t('finance:record.action'), first).click();
  await expect(first).toBeHidden();
  await theirs.button(t('finance:record.action'), second).click();
  await expect(second.getByRole('alert')).toBeVisible();
  const { rows } = await database.query('select proof from refunds where order_id = $1', [order.id]);
  expect(rows).toEqual([{ proof: 'VIR-1' }]);
});

test('« Rembourser par CMI »: a double click orders one refund', async ({
  site,
  database,
  sandbox,
  signedInDesk,
  t,
}) => {
  const place = { site, database, sandbox };
  const { id, reference } = await paidOrder(place, { method: 'cmi', channel: 'card' });
  // Money of a card that settles nothing: only a bank that ignores our void makes it.
  await database.query('update settlements set released_at = now() where order_id = $1', [id]);
  await database.query(`update payment_orders set status = 'refund_due' where id = $1`, [id]);
  await database.query(
    `update payment_attempts set status = 'captured', captured_at = now() where order_id = $1`,
    [id],
  );
  await database.query(
    `insert into refunds (order_id, attempt_id, amount_centimes, transaction_id, cause, due_since)
     select order_id, id, amount_centimes, gateway_transaction_id, 'lost_to_another_order', now()
     from payment_attempts where order_id = $1`,
    [id],
  );
  const desk = await signedInDesk('Samir Lahlou', 'finance');
  const provider = t('reference:paymentMethod.cmi');
  await desk.page.goto(`/agents/paiements/commandes/${id}`);
  await desk.button(t('finance:refund.by-gateway', { provider })).click();
  const dialog = desk.page.getByRole('dialog');
  await expect(dialog).toContainText(t('finance:refund.by-gateway-detail', { provider, amount }));
  await desk.button(t('finance:refund.by-gateway-confirm', { amount }), dialog).dblclick();
  await expect(dialog).toBeHidden();
  await expect(desk.page.getByRole('article').filter({ hasText: t('finance:way.gateway') })).toBeVisible();
  await expectBooks(database, id, { order: 'refunded', refunds: ['refunded'] });
  expect(await sandbox.ledgerOf('cmi', reference)).toMatchObject({ state: 'voided' });
});

test('what only AmanPay’s back office shows is recorded by hand', async ({
  site,
  database,
  sandbox,
  signedInDesk,
  t,
}) => {
  const place = { site, database, sandbox };
  const paid = await paidOrder(place, { method: 'amanpay', channel: 'direct_debit' });
  await expectBooks(database, paid.id, { order: 'paid' });
  const desk = await signedInDesk('Samir Lahlou', 'finance');
  await desk.page.goto(`/agents/paiements/commandes/${paid.id}`);
  await desk.button(t('finance:observation.open-name', { reference: paid.reference })).click();
  const dialog = desk.page.getByRole('dialog');
  await desk.field(t('finance:observation.says'), dialog).selectOption('reversed');
  await desk.field(t('finance:record.note'), dialog).fill('Rejet J+2, relevé du jour');
  await expectAccessible(desk.page);
  await desk.button(t('finance:observation.record'), dialog).click();
  await expect(dialog).toBeHidden();
  await expect(desk.page.getByText('Rejet J+2, relevé du jour')).toBeVisible();
  await expectBooks(database, paid.id, { order: 'reversed', invoices: ['unpaid'] });
  // The invoice can be paid again.
  await orderPayment(place, [paid.invoice.id], { method: 'cmi', channel: 'card' });
});

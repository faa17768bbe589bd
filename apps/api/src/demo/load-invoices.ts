import { casablancaDate, InvoiceId, InvoiceLine, type PaymentOrder } from '@rnoce/schemas';
import { centimesOf, currency } from '@rnoce/schemas/money';
import { and, count, eq, inArray } from 'drizzle-orm';
import { invoices, issuers, subscriptionCodes } from '../db/schema/invoices.ts';
import { paymentAttempts } from '../db/schema/payments.ts';
import type { Deps } from '../deps.ts';
import { findAccountByEmail } from '../features/accounts/accounts.repository.ts';
import { importInvoices } from '../features/invoices/import-invoices.ts';
import { getActiveIssuer } from '../features/issuers/issuers.service.ts';
import { applyNews } from '../features/payments/apply-news.ts';
import { createOrder } from '../features/payments/create-order.ts';
import type { PaymentGateway } from '../integrations/payment-gateway/payment-gateway.ts';
import { type DemoInvoice, demoCodes, demoInvoices, demoIssuers } from './demo-invoices.ts';

const dayMs = 86_400_000;
const dateIn = (today: Date, days: number): string =>
  casablancaDate(new Date(today.getTime() + days * dayMs));

/** Whether this database has the demonstration's invoices. */
export async function hasDemoInvoices({ database }: Pick<Deps, 'database'>): Promise<boolean> {
  const [row] = await database
    .select({ found: count() })
    .from(invoices)
    .innerJoin(issuers, eq(issuers.id, invoices.issuerId))
    .where(
      inArray(
        issuers.code,
        demoIssuers.map(({ code }) => code),
      ),
    );
  return (row?.found ?? 0) >= demoInvoices.length;
}

/** Publishes the invoices and pays the older ones, by the services that do it for people. Stopped half-way, it goes on from there. */
export async function loadDemoInvoices(deps: Deps): Promise<void> {
  const today = deps.now();
  await deps.database
    .insert(issuers)
    .values([...demoIssuers])
    .onConflictDoNothing();
  await giveCodes(deps);
  for (const { code } of demoIssuers) {
    const published = demoInvoices.filter(({ issuer }) => issuer === code);
    await publish(deps, code, published, today);
    await pay(deps, code, published, today);
  }
}

async function giveCodes({ database }: Deps): Promise<void> {
  for (const { code, ice, legalName, ...holder } of demoCodes) {
    const account = 'email' in holder ? await findAccountByEmail(database, holder.email) : undefined;
    await database
      .insert(subscriptionCodes)
      .values({ code, ice, legalName, accountId: account?.id ?? null })
      .onConflictDoNothing();
  }
}

function lineOf(
  { number, client, byIce, issued, due, amount, methods }: DemoInvoice,
  today: Date,
): InvoiceLine {
  const holder = demoCodes.find(({ code }) => code === client);
  return InvoiceLine.parse({
    number,
    clientCode: byIce ? holder?.ice : client,
    clientName: holder?.legalName,
    issuedOn: dateIn(today, -issued),
    dueOn: dateIn(today, due),
    amount,
    ...(methods ? { methods: [...methods] } : {}),
  });
}

/** Once: on another day the dates would be others. */
async function publish(
  deps: Deps,
  code: string,
  published: readonly DemoInvoice[],
  today: Date,
): Promise<void> {
  const issuer = await getActiveIssuer(deps.database, code);
  const known = await deps.database.$count(invoices, eq(invoices.issuerId, issuer.id));
  if (known > 0) return;
  const file = { invoices: published.map((invoice) => lineOf(invoice, today)) };
  await importInvoices(deps, issuer, Buffer.from(JSON.stringify(file)), 'application/json');
}

const neverAsked = (): never => {
  throw new Error('no gateway is asked while the demonstration data are loaded');
};
/** The sandbox starts later; these payments are in the past. */
const demoGateway: PaymentGateway = {
  provider: 'fatourati',
  channels: ['bank_reference'],
  answersInquiries: false,
  startAttempt: async ({ reference, expiresAt }) => ({
    type: 'reference',
    reference: `9${reference.replaceAll(/\D/g, '').slice(-9)}`,
    expiresAt,
    paidAt: [],
  }),
  readCallback: neverAsked,
  answerCallback: neverAsked,
  readReturn: neverAsked,
  inquire: neverAsked,
  parseSettlementFile: neverAsked,
};

/** Pays, on its day, what is to be paid already: one order for the invoices of one client and day. */
async function pay(deps: Deps, code: string, published: readonly DemoInvoice[], today: Date): Promise<void> {
  const { id: issuerId } = await getActiveIssuer(deps.database, code);
  const paid = published.filter((invoice) => invoice.paid !== undefined);
  const baskets = Map.groupBy(paid, (invoice) => `${invoice.client} ${String(invoice.paid)}`);
  for (const basket of baskets.values()) {
    const unpaid = await deps.database
      .select({ id: invoices.id })
      .from(invoices)
      .where(
        and(
          eq(invoices.issuerId, issuerId),
          eq(invoices.status, 'unpaid'),
          inArray(
            invoices.number,
            basket.map(({ number }) => number),
          ),
        ),
      );
    if (unpaid.length < basket.length) continue;
    const at = new Date(today.getTime() - (basket[0]?.paid ?? 0) * dayMs);
    const then: Deps = { ...deps, now: () => at, gateways: { fatourati: demoGateway } };
    const choice = {
      invoiceIds: unpaid.map(({ id }) => InvoiceId.parse(id)),
      method: 'cmi',
      channel: 'fatourati',
      locale: 'fr',
    } as const;
    const payers = basket.some(({ paidTwice }) => paidTwice) ? 2 : 1;
    const orders: PaymentOrder[] = [];
    while (orders.length < payers) orders.push(await createOrder(then, choice));
    for (const order of orders) await confirm(then, order);
  }
}

async function confirm(deps: Deps, { id, number, amount }: PaymentOrder): Promise<void> {
  const [attempt] = await deps.database
    .select({ id: paymentAttempts.id })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.orderId, id));
  if (!attempt) throw new Error(`the order ${number} has no attempt`);
  await applyNews(deps, {
    attemptId: attempt.id,
    told: {
      says: 'captured',
      trust: 'verified',
      amountCentimes: centimesOf(amount),
      currency,
      gatewayTransactionId: `FT${number.replaceAll(/\D/g, '')}`,
    },
    source: 'inquiry',
    actor: { kind: 'gateway' },
  });
}

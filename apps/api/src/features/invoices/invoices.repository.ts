import type { InvoiceStatus, Issuer } from '@rnoce/schemas';
import { and, asc, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { invoices, issuers } from '../../db/schema/invoices.ts';
import { type InvoiceSort, readSort, type SortKey } from './invoice-sorts.ts';
import type { PublishedInvoice } from './invoices.states.ts';

export type InvoiceRecord = typeof invoices.$inferSelect;

/** As the unique index compares numbers: PostgreSQL's capitals, not JavaScript's, which differ for some letters. */
const numberKey = sql`upper(${invoices.number})`;
const isNumbered = (issuerId: string, number: string): SQL | undefined =>
  and(eq(invoices.issuerId, issuerId), eq(numberKey, sql`upper(${number}::text)`));

/** How the unique index sees each of these numbers. */
export async function numberKeys(executor: Executor, numbers: readonly string[]): Promise<string[]> {
  const { rows } = await executor.execute<{ key: string }>(
    sql`select upper(n.number) as key from unnest(${sql.param(numbers)}::text[]) with ordinality n(number, place) order by n.place`,
  );
  return rows.map(({ key }) => key);
}

/**
 * An import has its issuer's invoices for itself until it is committed; single publications go on side by side. So what an import found
 * missing is still missing when it writes. Taken before any invoice is locked.
 */
export async function holdIssuer(tx: Transaction, issuerId: string, hold: 'shared' | 'alone'): Promise<void> {
  const lock = sql.raw(hold === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared');
  await tx.execute(sql`select ${lock}(hashtextextended(${`publish ${issuerId}`}, 0))`);
}

export async function findInvoice(
  executor: Executor,
  issuerId: string,
  number: string,
): Promise<InvoiceRecord | undefined> {
  const [invoice] = await executor.select().from(invoices).where(isNumbered(issuerId, number));
  return invoice;
}

export async function lockInvoice(
  tx: Transaction,
  issuerId: string,
  number: string,
): Promise<InvoiceRecord | undefined> {
  const [invoice] = await tx.select().from(invoices).where(isNumbered(issuerId, number)).for('no key update');
  return invoice;
}

/** Locks those of these numbers that the issuer has, in the order of their ids as payments do, by the index's form of the number. */
export async function lockNumbered(
  tx: Transaction,
  issuerId: string,
  keys: readonly string[],
): Promise<Map<string, InvoiceRecord>> {
  const rows = await tx
    .select({ invoice: invoices, key: sql<string>`${numberKey}` })
    .from(invoices)
    .where(and(eq(invoices.issuerId, issuerId), sql`${numberKey} = any(${sql.param(keys)}::text[])`))
    .orderBy(asc(invoices.id))
    .for('no key update');
  return new Map(rows.map(({ invoice, key }) => [key, invoice]));
}

/** The invoice that was inserted, or undefined when the issuer has one of this number. */
export async function insertInvoice(
  tx: Transaction,
  issuerId: string,
  given: PublishedInvoice,
  at: Date,
): Promise<InvoiceRecord | undefined> {
  const [invoice] = await tx
    .insert(invoices)
    .values({ ...given, issuerId, createdAt: at, updatedAt: at })
    .onConflictDoNothing()
    .returning();
  return invoice;
}

/** Writes what the issuer says now of an invoice that is locked and isn't paid; it is unpaid afterwards. */
export async function republishInvoice(
  tx: Transaction,
  issuerId: string,
  id: string,
  given: PublishedInvoice,
  at: Date,
): Promise<InvoiceRecord> {
  const [invoice] = await tx
    .update(invoices)
    .set({ ...given, status: 'unpaid', updatedAt: at, version: sql`${invoices.version} + 1` })
    .where(and(eq(invoices.id, id), eq(invoices.issuerId, issuerId)))
    .returning();
  if (!invoice) throw new Error('a locked invoice is gone');
  return invoice;
}

export async function markCancelled(tx: Transaction, issuerId: string, id: string, at: Date): Promise<void> {
  await tx
    .update(invoices)
    .set({ status: 'cancelled', updatedAt: at, version: sql`${invoices.version} + 1` })
    .where(and(eq(invoices.id, id), eq(invoices.issuerId, issuerId)));
}

/** The columns of many lines, each as one array: one parameter a column, however many lines. */
const columnsOf = (lines: readonly PublishedInvoice[]): SQL =>
  sql`
    ${sql.param(lines.map(({ number }) => number))}::text[],
    ${sql.param(lines.map(({ clientCode }) => clientCode))}::text[],
    ${sql.param(lines.map(({ clientName }) => clientName))}::text[],
    ${sql.param(lines.map(({ clientIsPerson }) => clientIsPerson))}::boolean[],
    ${sql.param(lines.map(({ issuedOn }) => issuedOn))}::date[],
    ${sql.param(lines.map(({ dueOn }) => dueOn))}::date[],
    ${sql.param(lines.map(({ amountCentimes }) => amountCentimes))}::bigint[],
    ${sql.param(lines.map(({ methods }) => methods.join(' ')))}::text[]`;

/** Inserts invoices whose numbers the issuer doesn't have, in one statement. */
export async function insertInvoices(
  tx: Transaction,
  issuerId: string,
  lines: readonly PublishedInvoice[],
  at: Date,
): Promise<void> {
  await tx.execute(sql`
    insert into invoices (issuer_id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes, methods,
      created_at, updated_at)
    select ${issuerId}::uuid, l.number, l.code, l.name, l.person, l.issued, l.due, l.amount, string_to_array(l.methods, ' '),
      ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz
    from unnest(${columnsOf(lines)}) l(number, code, name, person, issued, due, amount, methods)`);
}

/** As `republishInvoice`, for many in one statement. */
export async function republishInvoices(
  tx: Transaction,
  issuerId: string,
  changed: readonly { id: string; given: PublishedInvoice }[],
  at: Date,
): Promise<void> {
  await tx.execute(sql`
    update invoices i set number = l.number, client_code = l.code, client_name = l.name, client_is_person = l.person,
      issued_on = l.issued, due_on = l.due, amount_centimes = l.amount, methods = string_to_array(l.methods, ' '),
      status = 'unpaid', version = i.version + 1, updated_at = ${at.toISOString()}::timestamptz
    from unnest(${columnsOf(changed.map(({ given }) => given))}, ${sql.param(changed.map(({ id }) => id))}::uuid[])
      l(number, code, name, person, issued, due, amount, methods, id)
    where i.id = l.id and i.issuer_id = ${issuerId}::uuid`);
}

export interface InvoiceFilters {
  readonly status?: InvoiceStatus | undefined;
  readonly clientCode?: string | undefined;
  readonly number?: string | undefined;
}
interface Page {
  readonly page: number;
  readonly pageSize: number;
}

/** A page of the issuer's invoices, the newest first, and how many there are. */
export async function listIssuerInvoices(
  executor: Executor,
  issuerId: string,
  { status, clientCode, number }: InvoiceFilters,
  { page, pageSize }: Page,
): Promise<{ rows: InvoiceRecord[]; total: number }> {
  const wanted = and(
    eq(invoices.issuerId, issuerId),
    status && eq(invoices.status, status),
    clientCode ? eq(invoices.clientCode, clientCode) : undefined,
    number ? eq(numberKey, sql`upper(${number}::text)`) : undefined,
  );
  const [counted] = await executor.select({ total: count() }).from(invoices).where(wanted);
  const rows = await executor
    .select()
    .from(invoices)
    .where(wanted)
    .orderBy(desc(invoices.issuedOn), desc(invoices.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: counted?.total ?? 0 };
}

const sortColumns = {
  number: numberKey,
  issuer: sql`${issuers.name}`,
  clientCode: sql`${invoices.clientCode}`,
  issuedOn: sql`${invoices.issuedOn}`,
  dueOn: sql`${invoices.dueOn}`,
  amount: sql`${invoices.amountCentimes}`,
} as const satisfies Record<InvoiceSort, SQL>;

/** A page of the invoices of these client codes, what is to pay first, and how many there are. */
export async function listClientInvoices(
  executor: Executor,
  clientCodes: readonly string[],
  { status, sort, page, pageSize }: Page & { status?: InvoiceStatus | undefined; sort: SortKey },
): Promise<{ rows: { invoice: InvoiceRecord; issuer: Issuer }[]; total: number }> {
  const wanted = and(inArray(invoices.clientCode, [...clientCodes]), status && eq(invoices.status, status));
  const { field, descending } = readSort(sort);
  const [counted] = await executor.select({ total: count() }).from(invoices).where(wanted);
  const rows = await executor
    .select({ invoice: invoices, issuer: { code: issuers.code, name: issuers.name } })
    .from(invoices)
    .innerJoin(issuers, eq(issuers.id, invoices.issuerId))
    .where(wanted)
    .orderBy(
      desc(sql`${invoices.status} = 'unpaid'`),
      (descending ? desc : asc)(sortColumns[field]),
      asc(invoices.id),
    )
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: counted?.total ?? 0 };
}

/** How many invoices of these client codes are unpaid, and their sum. */
export async function sumUnpaid(
  executor: Executor,
  clientCodes: readonly string[],
): Promise<{ count: number; centimes: number }> {
  const [sum] = await executor
    .select({
      count: count(),
      centimes: sql<string>`coalesce(sum(${invoices.amountCentimes}), 0)`.mapWith(Number),
    })
    .from(invoices)
    .where(and(inArray(invoices.clientCode, [...clientCodes]), eq(invoices.status, 'unpaid')));
  return sum ?? { count: 0, centimes: 0 };
}

import { and, asc, count, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { integrators } from '../../db/schema/integrators.ts';
import { invoices, issuers } from '../../db/schema/invoices.ts';
import { notFound } from '../../plugins/problems.ts';
import { everyWord } from '../filings/filings.search.ts';
import type { IssuerRecord } from './issuers.repository.ts';

/** An issuer with what its line shows of others' tables. */
export interface IssuerParts {
  readonly issuer: IssuerRecord;
  readonly unpaidInvoices: number;
  readonly integrators: number;
}

interface Wanted {
  /** Words of its code or name. */
  readonly q?: string | undefined;
  readonly active?: boolean | undefined;
}

/** Adds to issuers how many invoices wait for a payer, and how many integrators publish for them, in the order given. */
async function withParts(executor: Executor, rows: readonly IssuerRecord[]): Promise<IssuerParts[]> {
  const ids = rows.map(({ id }) => id);
  const unpaid = await executor
    .select({ id: invoices.issuerId, found: count() })
    .from(invoices)
    .where(and(inArray(invoices.issuerId, ids), eq(invoices.status, 'unpaid')))
    .groupBy(invoices.issuerId);
  const systems = await executor
    .select({ id: integrators.issuerId, found: count() })
    .from(integrators)
    .where(inArray(integrators.issuerId, ids))
    .groupBy(integrators.issuerId);
  const unpaidOf = new Map(unpaid.map(({ id, found }) => [id, found]));
  const systemsOf = new Map(systems.map(({ id, found }) => [id, found]));
  return rows.map((issuer) => ({
    issuer,
    unpaidInvoices: unpaidOf.get(issuer.id) ?? 0,
    integrators: systemsOf.get(issuer.id) ?? 0,
  }));
}

/** A page of issuers by their code, with how many there are. */
export async function listManagedIssuers(
  executor: Executor,
  { q, active }: Wanted,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: IssuerParts[]; total: number }> {
  const wanted: SQL | undefined = and(
    active === undefined ? undefined : eq(issuers.active, active),
    everyWord(q, (holds) => or(holds(sql`${issuers.code}`), holds(sql`${issuers.name}`))),
  );
  const total = await executor.$count(issuers, wanted);
  const rows = await executor
    .select()
    .from(issuers)
    .where(wanted)
    .orderBy(asc(issuers.code))
    .limit(limit)
    .offset(offset);
  return { rows: await withParts(executor, rows), total };
}

/** Throws `not_found`. */
export async function getManagedIssuer(executor: Executor, code: string): Promise<IssuerParts> {
  const rows = await executor.select().from(issuers).where(eq(issuers.code, code));
  const [parts] = await withParts(executor, rows);
  if (!parts) throw notFound();
  return parts;
}

/** The issuer, held until the end of the transaction; what is published meanwhile may name it. Throws `not_found`. */
export async function lockIssuer(tx: Transaction, code: string): Promise<IssuerRecord> {
  const [row] = await tx.select().from(issuers).where(eq(issuers.code, code)).for('no key update');
  if (!row) throw notFound();
  return row;
}

/** Undefined when an issuer has this code already. */
export async function insertIssuer(
  tx: Transaction,
  values: Pick<IssuerRecord, 'code' | 'name' | 'createdAt'>,
): Promise<IssuerRecord | undefined> {
  const [made] = await tx
    .insert(issuers)
    .values(values)
    .onConflictDoNothing({ target: issuers.code })
    .returning();
  return made;
}

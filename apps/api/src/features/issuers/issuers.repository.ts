import { asc, eq } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { issuers } from '../../db/schema/invoices.ts';

export type IssuerRecord = typeof issuers.$inferSelect;

/** Every issuer, by its code. */
export const listAllIssuers = async (executor: Executor): Promise<IssuerRecord[]> =>
  await executor.select().from(issuers).orderBy(asc(issuers.code));

export async function findIssuer(executor: Executor, code: string): Promise<IssuerRecord | undefined> {
  const [issuer] = await executor.select().from(issuers).where(eq(issuers.code, code));
  return issuer;
}

export async function findIssuerById(executor: Executor, id: string): Promise<IssuerRecord | undefined> {
  const [issuer] = await executor.select().from(issuers).where(eq(issuers.id, id));
  return issuer;
}

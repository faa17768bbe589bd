import type { AccountId, AgentId, ApiKeyId, Authority, IntegratorId } from '@rnoce/schemas';
import { and, count, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Executor, Transaction } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { agents } from '../../db/schema/agents.ts';
import { apiKeys, integrators } from '../../db/schema/integrators.ts';
import { notFound } from '../../plugins/problems.ts';
import { type Revoker, visibleTo } from './integrators.policy.ts';
import { isLive } from './integrators.repository.ts';

/** A key with the names of its integrator, of who made and who revoked it. Null: made with the demonstration data, and not revoked. */
export interface KeyParts {
  readonly key: Omit<typeof apiKeys.$inferSelect, 'hash'>;
  readonly integrator: string;
  readonly createdBy: string | null;
  /** Of the agent who made it. */
  readonly authority: Authority | null;
  readonly revokedBy: string | null;
}

const maker = alias(agents, 'maker');
const revoker = alias(agents, 'revoker');

const { id, integratorId, name, prefix, scopes, allowedAddresses, expiresOn, createdAt, createdBy } = apiKeys;
const { lastUsedAt, lastUsedFrom, revokedAt, compromisedAt } = apiKeys;
/** Whom no agent revoked, the operator did. */
const revokedBy = sql<
  string | null
>`case when ${revokedAt} is not null then coalesce(${revoker.name}, ${accounts.legalName}) end`;
/** Without the hash: nobody who reads keys has a use for it. */
const shown = {
  id,
  integratorId,
  name,
  prefix,
  scopes,
  allowedAddresses,
  expiresOn,
  createdAt,
  createdBy,
  lastUsedAt,
  lastUsedFrom,
  revokedAt,
  revokedBy: apiKeys.revokedBy,
  compromisedAt,
};

const select = async (executor: Executor, wanted: SQL): Promise<KeyParts[]> =>
  await executor
    .select({
      key: shown,
      integrator: integrators.name,
      createdBy: maker.name,
      authority: maker.authority,
      revokedBy,
    })
    .from(apiKeys)
    .innerJoin(integrators, eq(integrators.id, apiKeys.integratorId))
    .leftJoin(accounts, eq(accounts.id, integrators.accountId))
    .leftJoin(maker, eq(maker.id, apiKeys.createdBy))
    .leftJoin(revoker, eq(revoker.id, apiKeys.revokedBy))
    .where(wanted)
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));

/** An integrator's keys, the newest first; whether the caller sees the integrator was judged before. */
export const listKeys = async (executor: Executor, integrator: IntegratorId): Promise<KeyParts[]> =>
  await select(executor, eq(apiKeys.integratorId, integrator));

/** The keys by which programs act for an operator, the newest first. */
export const listKeysOfAccount = async (executor: Executor, account: AccountId): Promise<KeyParts[]> =>
  await select(executor, eq(integrators.accountId, account));

export async function countLiveKeys(
  tx: Transaction,
  integrator: IntegratorId,
  today: string,
): Promise<number> {
  const [found] = await tx
    .select({ live: count() })
    .from(apiKeys)
    .where(and(eq(apiKeys.integratorId, integrator), isLive(today)));
  return found?.live ?? 0;
}

export async function insertKey(tx: Transaction, values: typeof apiKeys.$inferInsert): Promise<KeyParts> {
  const [made] = await tx.insert(apiKeys).values(values).returning({ id: apiKeys.id });
  const [parts] = made ? await select(tx, eq(apiKeys.id, made.id)) : [];
  if (!parts) throw new Error('no key was made');
  return parts;
}

/** A key of an integrator that the caller sees. Throws `not_found`. */
export async function getKey(executor: Executor, caller: Revoker, keyId: ApiKeyId): Promise<KeyParts['key']> {
  const [found] = await executor
    .select(shown)
    .from(apiKeys)
    .innerJoin(integrators, eq(integrators.id, apiKeys.integratorId))
    .where(and(eq(apiKeys.id, keyId), visibleTo(caller)));
  if (!found) throw notFound();
  return found;
}

/** Whether this revoked it; false when it was revoked already: who did it first stays in its line. `by` null: the operator. */
export async function revokeKey(
  tx: Transaction,
  keyId: ApiKeyId,
  { by, at }: { by: AgentId | null; at: Date },
): Promise<boolean> {
  const revoked = await tx
    .update(apiKeys)
    .set({ revokedAt: at, revokedBy: by })
    .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return revoked.length > 0;
}

/** Whether this declared a revoked key compromised; false when it was declared already. */
export async function declareCompromised(tx: Transaction, keyId: ApiKeyId, at: Date): Promise<boolean> {
  const declared = await tx
    .update(apiKeys)
    .set({ compromisedAt: at })
    .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.compromisedAt)))
    .returning({ id: apiKeys.id });
  return declared.length > 0;
}

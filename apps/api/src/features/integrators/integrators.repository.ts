import type { IntegratorId, IntegratorKind } from '@rnoce/schemas';
import { and, asc, count, eq, exists, gte, inArray, isNull, max, min, or, type SQL, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { apiKeys, integrators } from '../../db/schema/integrators.ts';
import { issuers, subscriptionCodes } from '../../db/schema/invoices.ts';
import { webhookEndpoints } from '../../db/schema/webhooks.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import { everyWord } from '../filings/filings.search.ts';
import { type Revoker, visibleTo } from './integrators.policy.ts';

type IntegratorRow = typeof integrators.$inferSelect;
/** An integrator with what its lines show of others' tables. */
export interface IntegratorParts {
  readonly integrator: IntegratorRow;
  readonly issuer: { readonly code: string; readonly name: string } | null;
  readonly operator: { readonly legalName: string; readonly subscriptionCode: string } | null;
  readonly liveKeys: number;
  readonly lastUsedAt: Date | null;
  readonly webhooks: { readonly enabled: number; readonly disabled: number };
}

/** Keys that work on this day of Casablanca, their integrator's suspension aside. */
export const isLive = (today: string): SQL | undefined =>
  and(isNull(apiKeys.revokedAt), gte(apiKeys.expiresOn, today));

interface Wanted {
  readonly kind?: IntegratorKind | undefined;
  readonly q?: string | undefined;
}

/** Each word in its name or e-mail, in its issuer's code or name, or in its operator's raison sociale or code. */
const matching = (executor: Executor, q: string | undefined): SQL | undefined =>
  everyWord(q, (holds) =>
    or(
      holds(sql`${integrators.name}`),
      holds(sql`${integrators.email}`),
      holds(sql`${issuers.code}`),
      holds(sql`${issuers.name}`),
      holds(sql`${accounts.legalName}`),
      exists(
        executor
          .select({ code: subscriptionCodes.code })
          .from(subscriptionCodes)
          .where(
            and(
              eq(subscriptionCodes.accountId, integrators.accountId),
              holds(sql`${subscriptionCodes.code}::text`),
            ),
          ),
      ),
    ),
  );

/** Integrators with the names of whom they belong to. */
const selectOwned = (executor: Executor, wanted: SQL | undefined) =>
  executor
    .select({
      integrator: integrators,
      issuer: { code: issuers.code, name: issuers.name },
      legalName: accounts.legalName,
    })
    .from(integrators)
    .leftJoin(issuers, eq(issuers.id, integrators.issuerId))
    .leftJoin(accounts, eq(accounts.id, integrators.accountId))
    .where(wanted);
type Owned = Awaited<ReturnType<typeof selectOwned>>[number];

/** Adds to integrators what their lines show of their keys and webhooks, in the order given. */
async function withParts(
  executor: Executor,
  rows: readonly Owned[],
  today: string,
): Promise<IntegratorParts[]> {
  const ids = rows.map(({ integrator }) => integrator.id);
  const accountIds = rows.flatMap(({ integrator }) => integrator.accountId ?? []);
  const codes = await executor
    .select({ accountId: subscriptionCodes.accountId, code: min(subscriptionCodes.code) })
    .from(subscriptionCodes)
    .where(inArray(subscriptionCodes.accountId, accountIds))
    .groupBy(subscriptionCodes.accountId);
  const keys = await executor
    .select({
      id: apiKeys.integratorId,
      liveKeys: sql`count(*) filter (where ${isLive(today)})`.mapWith(Number),
      lastUsedAt: max(apiKeys.lastUsedAt),
    })
    .from(apiKeys)
    .where(inArray(apiKeys.integratorId, ids))
    .groupBy(apiKeys.integratorId);
  const endpoints = await executor
    .select({
      id: webhookEndpoints.integratorId,
      enabled: sql`count(*) filter (where ${webhookEndpoints.enabled})`.mapWith(Number),
      all: count(),
    })
    .from(webhookEndpoints)
    .where(inArray(webhookEndpoints.integratorId, ids))
    .groupBy(webhookEndpoints.integratorId);
  const codeOf = new Map(codes.map(({ accountId, code }) => [accountId, code]));
  const keysOf = new Map(keys.map((one) => [one.id, one]));
  const endpointsOf = new Map(endpoints.map((one) => [one.id, one]));
  return rows.map(({ integrator, issuer, legalName }) => {
    const { id, accountId } = integrator;
    const { liveKeys, lastUsedAt } = keysOf.get(id) ?? { liveKeys: 0, lastUsedAt: null };
    const { enabled, all } = endpointsOf.get(id) ?? { enabled: 0, all: 0 };
    const subscriptionCode = codeOf.get(accountId) ?? '';
    return {
      integrator,
      issuer,
      operator: legalName === null ? null : { legalName, subscriptionCode },
      liveKeys,
      lastUsedAt,
      webhooks: { enabled, disabled: all - enabled },
    };
  });
}

/** A page of the integrators that an administrator sees, by name, with how many there are. `today` in Casablanca. */
export async function listIntegrators(
  executor: Executor,
  agent: AgentPrincipal,
  { kind, q }: Wanted,
  { limit, offset, today }: { limit: number; offset: number; today: string },
): Promise<{ rows: IntegratorParts[]; total: number }> {
  const wanted = and(
    visibleTo(agent),
    kind === undefined ? undefined : eq(integrators.kind, kind),
    matching(executor, q),
  );
  const found = selectOwned(executor, wanted);
  const total = await executor.$count(found.as('found'));
  const rows = await found.orderBy(asc(integrators.name), asc(integrators.id)).limit(limit).offset(offset);
  return { rows: await withParts(executor, rows, today), total };
}

/** An integrator that the administrator sees. Throws `not_found`. `today` in Casablanca. */
export async function getIntegrator(
  executor: Executor,
  agent: AgentPrincipal,
  id: IntegratorId,
  today: string,
): Promise<IntegratorParts> {
  const rows = await selectOwned(executor, and(eq(integrators.id, id), visibleTo(agent)));
  const [parts] = await withParts(executor, rows, today);
  if (!parts) throw notFound();
  return parts;
}

export async function insertIntegrator(
  tx: Transaction,
  values: typeof integrators.$inferInsert,
): Promise<IntegratorId> {
  const [made] = await tx.insert(integrators).values(values).returning({ id: integrators.id });
  if (!made) throw new Error('no integrator was made');
  return made.id as IntegratorId;
}

/**
 * An integrator that the caller sees, held until the end of the transaction; rows that name it are written meanwhile, or who holds one
 * of its endpoints and writes the history would wait for who holds the integrator and wants the endpoint. Throws `not_found`.
 */
export async function lockIntegrator(
  tx: Transaction,
  caller: Revoker,
  id: IntegratorId,
): Promise<IntegratorRow> {
  const [row] = await tx
    .select()
    .from(integrators)
    .where(and(eq(integrators.id, id), visibleTo(caller)))
    .for('no key update');
  if (!row) throw notFound();
  return row;
}

/** The account of the operator who holds a subscription code; undefined for an unknown code, or one whose operator has no account here. */
export async function findAccountOfCode(executor: Executor, code: string): Promise<string | undefined> {
  const [row] = await executor
    .select({ accountId: subscriptionCodes.accountId })
    .from(subscriptionCodes)
    .where(eq(subscriptionCodes.code, code));
  return row?.accountId ?? undefined;
}

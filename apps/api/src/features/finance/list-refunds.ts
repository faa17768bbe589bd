import { type RouteAnswer, type RouteQuery, refundDays, type listRefunds as route } from '@rnoce/schemas';
import { decimalOf } from '@rnoce/schemas/money';
import { and, asc, count, desc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { paymentAttempts, refunds } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { presentRefund } from './finance.presenter.ts';
import { findRefunds } from './refunds.repository.ts';

type Query = RouteQuery<typeof route>;

const sorts = {
  oldest: [asc(refunds.dueSince), asc(refunds.id)],
  newest: [desc(refunds.dueSince), desc(refunds.id)],
  highest: [desc(refunds.amountCentimes), asc(refunds.id)],
} as const satisfies Record<Query['sort'], readonly SQL[]>;

function ownedBy(owner: Query['owner'], { agentId }: AgentPrincipal): SQL | undefined {
  switch (owner) {
    case 'mine':
      return eq(refunds.ownerId, agentId);
    case 'nobody':
      return isNull(refunds.ownerId);
    case 'others':
      return ne(refunds.ownerId, agentId);
    case undefined:
      return undefined;
  }
}

/** A page of refunds, with the counts of all of them. */
export async function listRefunds(
  { database, gateways, now }: Pick<Deps, 'database' | 'gateways' | 'now'>,
  agent: AgentPrincipal,
  { page, pageSize, sort, status, owner, provider }: Query,
): Promise<RouteAnswer<typeof route>> {
  const wanted = and(
    status === undefined ? undefined : eq(refunds.status, status),
    provider === undefined ? undefined : eq(paymentAttempts.provider, provider),
    ownedBy(owner, agent),
  );
  const rows = await findRefunds({ database, gateways }, wanted, sorts[sort], {
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  const [found] = await database
    .select({ total: count() })
    .from(refunds)
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, refunds.attemptId))
    .where(wanted);
  const late = new Date(now().getTime() - refundDays * 86_400_000);
  const isDue = sql`${refunds.status} = 'due'`;
  const [counted] = await database
    .select({
      due: sql<number>`count(*) filter (where ${isDue})`.mapWith(Number),
      overdue: sql<number>`count(*) filter (where ${isDue} and ${refunds.dueSince} < ${late})`.mapWith(
        Number,
      ),
      refunded: sql<number>`count(*) filter (where not ${isDue})`.mapWith(Number),
      centimes: sql<number>`coalesce(sum(${refunds.amountCentimes}) filter (where ${isDue}), 0)`.mapWith(
        Number,
      ),
    })
    .from(refunds);
  const { centimes = 0, ...counts } = counted ?? { due: 0, overdue: 0, refunded: 0 };
  return {
    items: rows.map((row) => presentRefund(row, 'list')),
    page,
    pageSize,
    total: found?.total ?? 0,
    counts: { ...counts, amountDue: decimalOf(centimes) },
  };
}

import type { Anomaly, listAnomalies as listRoute, RouteAnswer, RouteQuery } from '@rnoce/schemas';
import { and, asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { paymentAnomalies } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import { findAnomalies } from './anomalies.repository.ts';
import { anomalyClosed } from './finance.errors.ts';
import { presentAnomaly } from './finance.presenter.ts';

/** A page of anomalies, with how many are open and closed. */
export async function listAnomalies(
  executor: Executor,
  { page, pageSize, state, kind }: RouteQuery<typeof listRoute>,
): Promise<RouteAnswer<typeof listRoute>> {
  const wanted = and(
    state === 'open' ? isNull(paymentAnomalies.closedAt) : isNotNull(paymentAnomalies.closedAt),
    kind === undefined ? undefined : eq(paymentAnomalies.kind, kind),
  );
  const order =
    state === 'open'
      ? [asc(paymentAnomalies.raisedAt), asc(paymentAnomalies.id)]
      : [desc(paymentAnomalies.closedAt), desc(paymentAnomalies.id)];
  const rows = await findAnomalies(executor, wanted, order, {
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  const [found] = await executor.select({ total: count() }).from(paymentAnomalies).where(wanted);
  const isOpen = sql`${paymentAnomalies.closedAt} is null`;
  const [counts] = await executor
    .select({
      open: sql<number>`count(*) filter (where ${isOpen})`.mapWith(Number),
      closed: sql<number>`count(*) filter (where not (${isOpen}))`.mapWith(Number),
    })
    .from(paymentAnomalies);
  return {
    items: rows.map(presentAnomaly),
    page,
    pageSize,
    total: found?.total ?? 0,
    counts: counts ?? { open: 0, closed: 0 },
  };
}

/** Closes an anomaly with what was found. Throws `not_found`, and `anomaly_closed` when somebody did before. */
export async function closeAnomaly(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  { agentId }: AgentPrincipal,
  id: string,
  note: string,
): Promise<Anomaly> {
  const closed = await database
    .update(paymentAnomalies)
    .set({ closedAt: now(), closedBy: agentId, note })
    .where(and(eq(paymentAnomalies.id, id), isNull(paymentAnomalies.closedAt)))
    .returning({ id: paymentAnomalies.id });
  const [parts] = await findAnomalies(database, eq(paymentAnomalies.id, id), [asc(paymentAnomalies.id)]);
  if (!parts) throw notFound();
  if (closed.length === 0) throw anomalyClosed();
  return presentAnomaly(parts);
}

import { eq, type SQL } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { agents } from '../../db/schema/agents.ts';
import { paymentAnomalies, paymentOrders, settlementFiles } from '../../db/schema/payments.ts';
import type { AnomalyParts } from './finance.presenter.ts';

/** Anomalies with what they are about. */
export const findAnomalies = async (
  executor: Executor,
  wanted: SQL | undefined,
  order: readonly SQL[],
  { limit = 1000, offset = 0 }: { limit?: number; offset?: number } = {},
): Promise<AnomalyParts[]> =>
  await executor
    .select({
      anomaly: paymentAnomalies,
      order: { id: paymentOrders.id, number: paymentOrders.number, status: paymentOrders.status },
      file: { id: settlementFiles.id, provider: settlementFiles.provider, day: settlementFiles.day },
      closerName: agents.name,
    })
    .from(paymentAnomalies)
    .leftJoin(paymentOrders, eq(paymentOrders.id, paymentAnomalies.orderId))
    .leftJoin(settlementFiles, eq(settlementFiles.id, paymentAnomalies.fileId))
    .leftJoin(agents, eq(agents.id, paymentAnomalies.closedBy))
    .where(wanted)
    .orderBy(...order)
    .limit(limit)
    .offset(offset);

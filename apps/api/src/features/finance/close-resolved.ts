import { and, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { paymentAnomalies } from '../../db/schema/payments.ts';
import { findAttempt } from '../payments/payments.repository.ts';
import { judgeMovement } from './judge-movement.ts';
import { closeSubjects, findBooks, listMovements, movementSubject } from './settlement.repository.ts';

const gapKinds = ['gap_missing_here', 'gap_amount', 'gap_state'] as const;

/**
 * Closes the anomalies of an attempt that its news explained: a refund whose fate is known, a gap that our books no longer have. What only a
 * person can explain stays open.
 */
export async function closeResolved(executor: Executor, attemptId: string, at: Date): Promise<void> {
  const open = await executor
    .select({ kind: paymentAnomalies.kind })
    .from(paymentAnomalies)
    .where(and(eq(paymentAnomalies.attemptId, attemptId), isNull(paymentAnomalies.closedAt)));
  const kinds = new Set(open.map(({ kind }) => kind));
  if (kinds.size === 0) return;
  const attempt = await findAttempt(executor, attemptId);
  if (!attempt) return;
  if (kinds.has('refund_unknown') && attempt.status !== 'refund_requested')
    await closeSubjects(executor, ['refund_unknown'], [attempt.reference], at);
  if (!gapKinds.some((kind) => kinds.has(kind))) return;
  const books = (await findBooks(executor, [attempt.reference])).get(attempt.reference);
  const explained = (await listMovements(executor, attempt.provider, attempt.reference)).filter(
    (movement) => judgeMovement(attempt.provider, movement, books) === undefined,
  );
  await closeSubjects(
    executor,
    gapKinds,
    explained.map((movement) => movementSubject(attempt.provider, movement)),
    at,
  );
}

import { and, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { paymentAnomalies } from '../../db/schema/payments.ts';

export type NewAnomaly = typeof paymentAnomalies.$inferInsert;
type Finding = Pick<NewAnomaly, 'kind' | 'subject' | 'ours' | 'theirs' | 'detail'>;

/** Anomalies of one statement. */
const batchSize = 1000;

/** What was found, as far as it tells one finding of a subject from another: a silent gateway is silent, by whatever error it shows it. */
const findingOf = ({ kind, subject, ours, theirs, detail }: Finding): string =>
  JSON.stringify(
    kind === 'gateway_silent'
      ? [kind, subject]
      : [kind, subject, ours ?? null, theirs ?? null, detail ?? null],
  );

/**
 * Shows things to a person, of each kind and subject one at a time. What a person closed stays closed while the same is found; found with other
 * figures, or again after it explained itself, it is shown anew.
 */
export async function raiseAnomalies(executor: Executor, raised: readonly NewAnomaly[]): Promise<void> {
  for (let from = 0; from < raised.length; from += batchSize) {
    const batch = raised.slice(from, from + batchSize);
    const closed = await executor
      .select({
        kind: paymentAnomalies.kind,
        subject: paymentAnomalies.subject,
        ours: paymentAnomalies.ours,
        theirs: paymentAnomalies.theirs,
        detail: paymentAnomalies.detail,
      })
      .from(paymentAnomalies)
      .where(
        and(
          inArray(
            paymentAnomalies.subject,
            batch.map(({ subject }) => subject),
          ),
          isNotNull(paymentAnomalies.closedBy),
        ),
      );
    const judged = new Set(closed.map(findingOf));
    const shown = batch.filter((anomaly) => !judged.has(findingOf(anomaly)));
    if (shown.length === 0) continue;
    await executor
      .insert(paymentAnomalies)
      .values(shown)
      .onConflictDoNothing({
        target: [paymentAnomalies.kind, paymentAnomalies.subject],
        where: isNull(paymentAnomalies.closedAt),
      });
  }
}

/** Shows one thing to a person, as `raiseAnomalies` does. */
export async function raiseAnomaly(
  executor: Executor,
  anomaly: Omit<NewAnomaly, 'id' | 'raisedAt' | 'fileId' | 'closedAt' | 'closedBy' | 'note'>,
  at: Date,
): Promise<void> {
  await raiseAnomalies(executor, [{ ...anomaly, raisedAt: at }]);
}

import {
  type AccountId,
  type Reason,
  type Step,
  Step as StepName,
  type SubscriptionId,
  stepOf,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import { notFound, ProblemError } from '../../plugins/problems.ts';
import { type FilingRecord, moveFiling } from '../filings/filings.transitions.ts';
import { lockSubscription } from './subscriptions.repository.ts';

/** The step where a reason is dealt with; one about the whole leads to the review. */
function stepOfReason({ about }: Reason): Step {
  if (!about) return 'review';
  return stepOf(
    'document' in about ? `/documents/${about.document}` : `/${about.field.replaceAll('.', '/')}`,
  );
}

const firstStep = (filings: readonly FilingRecord[]): Step => {
  const concerned = new Set(filings.flatMap(({ reasons }) => reasons.map(stepOfReason)));
  return StepName.options.find((step) => concerned.has(step)) ?? 'review';
};

/**
 * « Rectifier vos données »: opens the form of the incomplete filings again, at the first step that a reason is about. Asked again, it
 * changes nothing. Throws `not_found`, and `filing_not_incomplete` when no filing is.
 */
export async function rectifySubscription(
  deps: Deps,
  accountId: AccountId,
  id: SubscriptionId,
): Promise<void> {
  const at = deps.now();
  await deps.database.transaction(async (tx) => {
    const locked = await lockSubscription(tx, accountId, id);
    if (!locked) throw notFound();
    const incomplete = locked.filings.filter(({ status }) => status === 'incomplete');
    if (incomplete.length === 0) throw new ProblemError('filing_not_incomplete');
    const closed = incomplete.filter(({ reopenedAt }) => reopenedAt === null);
    if (closed.length === 0) return;
    for (const filing of closed)
      await moveFiling(tx, deps, {
        filing,
        transition: 'reopened',
        actor: { kind: 'operator', accountId },
        at,
      });
    await tx
      .update(subscriptions)
      .set({ currentStep: firstStep(closed), version: locked.subscription.version + 1 })
      .where(eq(subscriptions.id, id));
  });
}

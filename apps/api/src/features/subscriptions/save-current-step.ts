import type { AccountId, Step, SubscriptionId } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { subscriptionNotEditable } from './subscriptions.errors.ts';
import type { FormQueries } from './subscriptions.repository.ts';
import { isEditable } from './subscriptions.states.ts';

/** Remembers where the operator stopped. It changes nothing of the form, so neither its version nor the time of its last save. */
export async function saveCurrentStep(
  { database }: Deps,
  queries: FormQueries,
  accountId: AccountId,
  id: SubscriptionId,
  step: Step,
): Promise<void> {
  const record = await queries.find(accountId, id);
  if (!record) throw notFound();
  if (!isEditable(record.filings)) throw subscriptionNotEditable();
  await database
    .update(subscriptions)
    .set({ currentStep: step })
    .where(and(eq(subscriptions.id, id), eq(subscriptions.accountId, accountId)));
}

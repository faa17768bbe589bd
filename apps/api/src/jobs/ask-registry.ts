import type { AccountId, SubscriptionId } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { accounts } from '../db/schema/accounts.ts';
import { subscriptions } from '../db/schema/subscriptions.ts';
import type { Deps } from '../deps.ts';
import {
  fillFromRegistry,
  registryAnswer,
  visibleRecord,
} from '../features/subscriptions/registry.policy.ts';
import { formContext, loadRuleContext } from '../features/subscriptions/subscriptions.form.ts';
import {
  lockSubscription,
  type SubscriptionRecord,
} from '../features/subscriptions/subscriptions.repository.ts';
import { isEditable } from '../features/subscriptions/subscriptions.states.ts';
import { BadrUnavailableError } from '../integrations/badr/badr-gateway.ts';
import type { JobData } from './queue.ts';

const askedWith = ({ identifiers: { ice, taxId, rcNumber, rcCentre } }: SubscriptionRecord) =>
  JSON.stringify([ice, taxId, rcNumber, rcCentre]);

/**
 * Asks BADR again for a subscription that it gave no answer for. Its answer fills what is still empty while the form is open, which is a
 * new version of the form; a form that was sent keeps what it says, and the agents see BADR's record beside it.
 * Throws while BADR is away, to be tried again. Run twice, it asks once.
 */
export async function askRegistry(
  deps: Deps,
  { subscriptionId }: JobData['ask-registry'],
  signal?: AbortSignal,
): Promise<void> {
  const { database, badr, now } = deps;
  const [row] = await database
    .select({ subscription: subscriptions, email: accounts.email, confirmedAt: accounts.emailConfirmedAt })
    .from(subscriptions)
    .innerJoin(accounts, eq(accounts.id, subscriptions.accountId))
    .where(eq(subscriptions.id, subscriptionId));
  if (!row || row.subscription.registryStatus !== 'unavailable') return;
  const { operatorType, identifiers } = row.subscription;
  const { ice, taxId, rcNumber, rcCentre } = identifiers;
  const lookup = await badr.findOperator({ operatorType, ice, taxId, rcNumber, rcCentre }, signal);
  if (lookup.status === 'unavailable') throw new BadrUnavailableError(lookup.reason);

  const answer = registryAnswer(lookup, row.confirmedAt ? row.email : null, now());
  const rules = await loadRuleContext(deps);
  await database.transaction(async (tx) => {
    const accountId = row.subscription.accountId as AccountId;
    const locked = await lockSubscription(tx, accountId, subscriptionId as SubscriptionId);
    // Answered by another run, or asked again with other identifiers: that question has its own job.
    if (!locked || locked.subscription.registryStatus !== 'unavailable') return;
    const { subscription } = locked;
    if (askedWith(subscription) !== askedWith(row.subscription)) return;
    const record = visibleRecord({ ...subscription, ...answer });
    const fills = record !== null && isEditable(locked.filings);
    const filled = fills
      ? {
          sections: fillFromRegistry(subscription.sections, record, formContext(subscription, rules)),
          savedAt: now(),
          version: subscription.version + 1,
        }
      : {};
    await tx
      .update(subscriptions)
      .set({ ...answer, ...filled })
      .where(eq(subscriptions.id, subscription.id));
  });
}

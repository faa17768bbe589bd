import type { AccountId, SubscriptionId } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { contracts } from '../../db/schema/contracts.ts';
import { documentVersions, strayFiles } from '../../db/schema/documents.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { subscriptionNotEditable } from './subscriptions.errors.ts';
import { lockSubscription } from './subscriptions.repository.ts';

/**
 * Deletes a draft that was never sent, with everything it holds. Its files are left to the clean-up, queued in the same transaction:
 * a storage that is away doesn't keep the draft alive, and a file that another form holds stays. Throws `not_found` and `subscription_not_editable`.
 */
export async function deleteSubscription(
  { database, jobs, now }: Deps,
  accountId: AccountId,
  id: SubscriptionId,
): Promise<void> {
  await database.transaction(async (tx) => {
    const locked = await lockSubscription(tx, accountId, id);
    if (!locked) throw notFound();
    if (locked.filings.some(({ status }) => status !== 'draft')) throw subscriptionNotEditable();
    const given = await tx
      .select({ storageKey: documentVersions.storageKey })
      .from(documentVersions)
      .where(eq(documentVersions.subscriptionId, id));
    const issued = await tx
      .select({ storageKey: contracts.storageKey })
      .from(contracts)
      .where(eq(contracts.subscriptionId, id));
    const files = [...given, ...issued];
    if (files.length > 0) {
      await tx
        .insert(strayFiles)
        .values(files.map(({ storageKey }) => ({ storageKey, removeAfter: now() })))
        .onConflictDoNothing();
      await jobs.send(tx, 'clean-up', {});
    }
    await tx.delete(subscriptions).where(eq(subscriptions.id, id));
  });
}

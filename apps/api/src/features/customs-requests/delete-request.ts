import type { AccountId, CustomsRequestId } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import { documentVersions, strayFiles } from '../../db/schema/documents.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { requestNotEditable } from './customs-requests.errors.ts';
import { lockRequest } from './customs-requests.repository.ts';

/**
 * Gives up a request that was never sent, with everything it holds. Its files are left to the clean-up, queued in the same transaction, as those
 * of a deleted form are. Throws `not_found` and `request_not_editable`.
 */
export async function deleteRequest(
  { database, jobs, now }: Pick<Deps, 'database' | 'jobs' | 'now'>,
  accountId: AccountId,
  id: CustomsRequestId,
): Promise<void> {
  await database.transaction(async (tx) => {
    const locked = await lockRequest(tx, { accountId }, id);
    if (!locked) throw notFound();
    if (locked.request.status !== 'draft') throw requestNotEditable();
    const files = await tx
      .select({ storageKey: documentVersions.storageKey })
      .from(documentVersions)
      .where(eq(documentVersions.customsRequestId, id));
    if (files.length > 0) {
      await tx
        .insert(strayFiles)
        .values(files.map(({ storageKey }) => ({ storageKey, removeAfter: now() })))
        .onConflictDoNothing();
      await jobs.send(tx, 'clean-up', {});
    }
    await tx.delete(customsRequests).where(eq(customsRequests.id, id));
  });
}

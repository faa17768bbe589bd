import type { DocumentVersion } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { presentDocumentVersion } from './documents.presenter.ts';
import {
  type DocumentOf,
  findVerdict,
  removeCurrentVersion,
  restoreLastVersion,
} from './documents.repository.ts';
import { lockOpenForm, lockOpenSubscription } from './open-form.ts';

/** Takes a document out of an open form, also one that doesn't belong to it any more; the version is kept, for `restoreDocument`. */
export async function removeDocument({ database, now }: Deps, of: DocumentOf): Promise<void> {
  await database.transaction(async (tx) => {
    await lockOpenSubscription(tx, of);
    if (!(await removeCurrentVersion(tx, of, now()))) throw notFound();
  });
}

/** Undoes the removal of a document; when a version stands, nothing changes. Throws `not_found` when there is nothing to put back. */
export async function restoreDocument({ database }: Deps, of: DocumentOf): Promise<DocumentVersion> {
  return await database.transaction(async (tx) => {
    await lockOpenForm(tx, of);
    const restored = await restoreLastVersion(tx, of);
    if (!restored) throw notFound();
    return presentDocumentVersion(restored, await findVerdict(tx, restored));
  });
}

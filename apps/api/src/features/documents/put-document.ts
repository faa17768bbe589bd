import { type DocumentVersion, isPlainDocument } from '@rnoce/schemas';
import type { FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import type { FormQueries } from '../subscriptions/subscriptions.repository.ts';
import { documentForbidden } from './documents.errors.ts';
import { presentDocumentVersion } from './documents.presenter.ts';
import type { DocumentOf } from './documents.repository.ts';
import { assertOpenForm, lockOpenForm } from './open-form.ts';
import { uploadVersion } from './upload-version.ts';

/**
 * Uploads a version of a plain document. Throws `not_found`, `subscription_not_editable`, `document_forbidden`, and what `uploadVersion`
 * throws.
 */
export const putDocument = async (
  deps: Deps,
  queries: FormQueries,
  of: DocumentOf,
  request: FastifyRequest,
): Promise<DocumentVersion> =>
  await uploadVersion(deps, of, request, {
    open: async () => {
      await assertOpenForm(queries, of);
      // The signed contract has its own way in, where it is compared with the one that was issued.
      if (!isPlainDocument(of.document)) throw documentForbidden();
    },
    judge: async (_wanted, _bytes, inspect) => ({ judged: await inspect() }),
    lock: (tx) => lockOpenForm(tx, of),
    finish: (_tx, version) => Promise.resolve(presentDocumentVersion(version, null)),
  });

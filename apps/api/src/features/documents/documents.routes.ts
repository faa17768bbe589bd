import multipart from '@fastify/multipart';
import {
  deleteDocument,
  getDocument,
  putDocument as putDocumentRoute,
  restoreDocument as restoreDocumentRoute,
} from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { operatorOf } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import { serve } from '../../plugins/serve.ts';
import { prepareFormQueries } from '../subscriptions/subscriptions.repository.ts';
import { findCurrentVersion } from './documents.repository.ts';
import { putDocument } from './put-document.ts';
import { removeDocument, restoreDocument } from './remove-document.ts';
import { sendDocument } from './send-document.ts';

export async function documentsRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const { database } = deps;
  const queries = prepareFormQueries(database);

  // In a scope of its own: no other route takes this type of body.
  await app.register(async (uploads) => {
    await uploads.register(multipart);
    serve(uploads, putDocumentRoute, async ({ request, params }) =>
      putDocument(deps, queries, { ...params, accountId: operatorOf(request).accountId }, request),
    );
  });

  serve(app, getDocument, async ({ request, params, query: { disposition }, reply }) => {
    const version = await findCurrentVersion(database, {
      ...params,
      accountId: operatorOf(request).accountId,
    });
    if (!version) throw notFound();
    return await sendDocument(reply, deps, version, disposition);
  });

  serve(app, deleteDocument, async ({ request, params }) => {
    await removeDocument(deps, { ...params, accountId: operatorOf(request).accountId });
    return undefined;
  });

  serve(app, restoreDocumentRoute, async ({ request, params }) =>
    restoreDocument(deps, { ...params, accountId: operatorOf(request).accountId }),
  );
}

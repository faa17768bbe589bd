import multipart from '@fastify/multipart';
import type { AccountId, CustomsRequest, CustomsRequestId } from '@rnoce/schemas';
import * as contract from '@rnoce/schemas';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { accountOf, operatorOf } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import { requireVersion, serve, tellVersion } from '../../plugins/serve.ts';
import { sendDocument } from '../documents/send-document.ts';
import { loadRuleContext } from '../subscriptions/subscriptions.form.ts';
import { createRequest, getStanding } from './create-request.ts';
import { findCustomsReader } from './customs-requests.policy.ts';
import { presentCustomsAccount, presentRequest } from './customs-requests.presenter.ts';
import { loadRequest } from './customs-requests.repository.ts';
import { deleteRequest } from './delete-request.ts';
import { listSentRequests } from './list-requests.ts';
import { findSentCompany } from './read-registry.ts';
import { openOwnDocument, openSentDocument, putDocument, removeDocument } from './request-documents.ts';
import { type SaveRequest, saveCompany, saveDetails, saveManagers } from './save-request.ts';
import { submitRequest } from './submit-request.ts';

/** Presents the account's request, with its version in the answer's ETag; someone else's is not there. */
async function present(
  deps: Deps,
  reply: FastifyReply,
  accountId: AccountId,
  id: CustomsRequestId,
): Promise<CustomsRequest> {
  const loaded = await loadRequest(deps.database, accountId, id);
  if (!loaded) throw notFound();
  tellVersion(reply, loaded.request.version);
  return presentRequest(loaded, await loadRuleContext(deps));
}

interface SaveIncoming<Body> {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly params: { id: CustomsRequestId };
  readonly body: Body;
}

/** The operator's side of operations on a customs account, and what both sides read: lists and documents. */
export async function customsRequestsRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const { database, now } = deps;

  serve(app, contract.getCustomsAccount, async ({ request }) => {
    const standing = await getStanding(deps, operatorOf(request).accountId);
    const sent = await findSentCompany(database, standing);
    return presentCustomsAccount(standing, sent?.email ?? null);
  });

  serve(app, contract.listCustomsRequests, async ({ query, request }) => {
    const scope = findCustomsReader(request) ? 'customs' : { accountId: accountOf(request) };
    return await listSentRequests(database, scope, query, now());
  });

  serve(app, contract.createCustomsRequest, async ({ request, body, reply }) => {
    const { accountId } = operatorOf(request);
    const id = await createRequest(deps, accountId, body.type);
    reply.header('location', `/api/v1/customs-requests/${id}`);
    return await present(deps, reply, accountId, id);
  });

  serve(app, contract.getCustomsRequest, async ({ request, params: { id }, reply }) =>
    present(deps, reply, accountOf(request), id),
  );

  const saved =
    <Body>(save: (deps: Deps, at: SaveRequest, given: Body) => Promise<void>) =>
    async ({ request, params: { id }, body, reply }: SaveIncoming<Body>): Promise<CustomsRequest> => {
      const { accountId } = operatorOf(request);
      await save(deps, { accountId, id, version: requireVersion(request) }, body);
      return await present(deps, reply, accountId, id);
    };
  serve(app, contract.saveRequestDetails, saved(saveDetails));
  serve(app, contract.saveRequestCompany, saved(saveCompany));
  serve(app, contract.saveRequestManagers, saved(saveManagers));

  serve(app, contract.deleteCustomsRequest, async ({ request, params: { id } }) => {
    await deleteRequest(deps, operatorOf(request).accountId, id);
    return undefined;
  });

  // In a scope of its own: no other route takes this type of body.
  await app.register(async (uploads) => {
    await uploads.register(multipart);
    serve(uploads, contract.putRequestDocument, async ({ request, params }) =>
      putDocument(deps, { ...params, accountId: operatorOf(request).accountId }, request),
    );
  });

  serve(app, contract.getRequestDocument, async ({ request, params, query, reply }) => {
    const reader = findCustomsReader(request);
    const version = reader
      ? await openSentDocument(deps, reader, params, query.version)
      : await openOwnDocument(deps, { ...params, accountId: accountOf(request) }, query.version);
    return await sendDocument(reply, deps, version, query.disposition);
  });

  serve(app, contract.deleteRequestDocument, async ({ request, params }) => {
    await removeDocument(deps, { ...params, accountId: operatorOf(request).accountId });
    return undefined;
  });

  serve(
    app,
    contract.submitCustomsRequest,
    async ({ request, params: { id }, body: { password }, reply }) => {
      const { accountId } = operatorOf(request);
      const version = requireVersion(request);
      await submitRequest(deps, { accountId, id, version, password, address: request.ip });
      return await present(deps, reply, accountId, id);
    },
  );
}

import multipart from '@fastify/multipart';
import {
  checkContract as checkContractRoute,
  getContract,
  getFilingContract,
  issueContract as issueContractRoute,
  putSignedContract as putSignedContractRoute,
} from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf, operatorOf } from '../../plugins/principal.ts';
import { serve } from '../../plugins/serve.ts';
import { sendFile } from '../documents/send-document.ts';
import { requireReader } from '../filings/filings.policy.ts';
import { prepareFormQueries } from '../subscriptions/subscriptions.repository.ts';
import { checkContract } from './check-contract.ts';
import { issueContract } from './issue-contract.ts';
import { openContract, openSentContract } from './read-contract.ts';
import { putSignedContract } from './sign-contract.ts';

export async function contractsRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  const queries = prepareFormQueries(deps.database);

  serve(app, issueContractRoute, ({ request, params }) =>
    issueContract(deps, queries, { ...params, accountId: operatorOf(request).accountId }),
  );

  serve(app, getContract, async ({ request, params, query: { disposition }, reply }) => {
    const file = await openContract(deps, operatorOf(request).accountId, params.id);
    return await sendFile(reply, deps, file, disposition);
  });

  // In a scope of its own: no other route takes this type of body.
  await app.register(async (uploads) => {
    await uploads.register(multipart);
    serve(uploads, putSignedContractRoute, ({ request, params, query: { way } }) =>
      putSignedContract(deps, queries, { ...params, accountId: operatorOf(request).accountId }, way, request),
    );
  });

  serve(app, getFilingContract, async ({ request, params, query: { disposition }, reply }) => {
    const file = await openSentContract(deps, requireReader(agentOf(request)), params.id);
    return await sendFile(reply, deps, file, disposition);
  });

  serve(app, checkContractRoute, ({ params }) => checkContract(deps, params.code));
}

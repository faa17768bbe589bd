import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { operatorOf } from '../../plugins/principal.ts';
import { serve } from '../../plugins/serve.ts';
import { listKeysOfAccount } from './api-keys.repository.ts';
import { presentAccountKey } from './integrators.presenter.ts';
import { withdrawApiKey } from './withdraw-api-key.ts';

/** An operator knows the keys that act for them, and ends them. */
export function accountApiKeysRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, now } = deps;

  serve(app, contract.listAccountApiKeys, async ({ request }) => {
    const keys = await listKeysOfAccount(database, operatorOf(request).accountId);
    const today = contract.casablancaDate(now());
    return { items: keys.map((key) => presentAccountKey(key, today)) };
  });

  serve(app, contract.revokeAccountApiKey, async ({ params, request }) => {
    const { integratorId, done } = await withdrawApiKey(deps, operatorOf(request), params.id);
    if (done)
      request.log.info(
        { audit: 'api_key_withdrawn', revokedKeyId: params.id, integratorId },
        'a key was revoked',
      );
    return undefined;
  });
}

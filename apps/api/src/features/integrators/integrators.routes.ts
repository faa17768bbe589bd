import * as contract from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { agentOf } from '../../plugins/principal.ts';
import { serve } from '../../plugins/serve.ts';
import { listKeys } from './api-keys.repository.ts';
import { changeIntegrator } from './change-integrator.ts';
import { createApiKey } from './create-api-key.ts';
import { createIntegrator } from './create-integrator.ts';
import { requireManager } from './integrators.policy.ts';
import { presentIntegrator, presentKey } from './integrators.presenter.ts';
import { getIntegrator, listIntegrators } from './integrators.repository.ts';
import { revokeApiKey } from './revoke-api-key.ts';

/** Administrators give programs their access. Who made, changed or revoked what is in the log, and never a key. */
export function integratorsRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, now } = deps;
  const today = () => contract.casablancaDate(now());

  serve(app, contract.listIntegrators, async ({ query: { page, pageSize, ...wanted }, request }) => {
    const agent = requireManager(agentOf(request));
    const place = { limit: pageSize, offset: (page - 1) * pageSize, today: today() };
    const { rows, total } = await listIntegrators(database, agent, wanted, place);
    return { items: rows.map(presentIntegrator), page, pageSize, total };
  });

  serve(app, contract.createIntegrator, async ({ body, request }) => {
    const integrator = await createIntegrator(deps, requireManager(agentOf(request)), body);
    request.log.info({ audit: 'integrator_made', integratorId: integrator.id }, 'an integrator was made');
    return integrator;
  });

  serve(app, contract.getIntegrator, async ({ params, request }) =>
    presentIntegrator(await getIntegrator(database, requireManager(agentOf(request)), params.id, today())),
  );

  serve(app, contract.changeIntegrator, async ({ params, body, request }) => {
    const integrator = await changeIntegrator(deps, requireManager(agentOf(request)), params.id, body);
    const changed = { integratorId: integrator.id, fields: Object.keys(body), active: integrator.active };
    request.log.info({ audit: 'integrator_changed', ...changed }, 'an integrator was changed');
    return integrator;
  });

  serve(app, contract.listApiKeys, async ({ query: { integratorId }, request }) => {
    // Whose keys are asked for must be there for the caller.
    await getIntegrator(database, requireManager(agentOf(request)), integratorId, today());
    const keys = await listKeys(database, integratorId);
    return { items: keys.map((key) => presentKey(key, today())) };
  });

  serve(app, contract.createApiKey, async ({ body, request }) => {
    const made = await createApiKey(deps, requireManager(agentOf(request)), body);
    const { id: madeKeyId, integratorId, hint, scopes, expiresOn } = made;
    request.log.info(
      { audit: 'api_key_made', madeKeyId, integratorId, hint, scopes, expiresOn },
      'a key was made',
    );
    return made;
  });

  serve(app, contract.revokeApiKey, async ({ params, query, request }) => {
    const agent = requireManager(agentOf(request));
    const { integratorId, done } = await revokeApiKey(deps, agent, params.id, query);
    if (done) request.log.info({ audit: done, revokedKeyId: params.id, integratorId }, 'a key was revoked');
    return undefined;
  });
}

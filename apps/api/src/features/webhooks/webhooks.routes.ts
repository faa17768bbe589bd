import * as contract from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { webhookEndpoints } from '../../db/schema/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { integratorOf } from '../../plugins/principal.ts';
import { invalid, notFound } from '../../plugins/problems.ts';
import { serve } from '../../plugins/serve.ts';
import { changeEndpoint } from './change-endpoint.ts';
import { createEndpoint } from './create-endpoint.ts';
import { readSecrets, rotateSecret } from './endpoint-secrets.ts';
import { listJournal, readJournal } from './list-deliveries.ts';
import { listEvents } from './list-events.ts';
import { redeliverOne, redeliverSince, sendTest } from './redeliver.ts';
import { type Keeper, keeperOf } from './webhooks.policy.ts';
import { presentEndpoint } from './webhooks.presenter.ts';
import { getEndpoint, isInCare, listEndpoints, lockEndpoint } from './webhooks.repository.ts';

/** Events for programs: fed, or brought to their endpoints. Administrators help with endpoints, and see everything but secrets. */
export function webhooksRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, now } = deps;

  /** Whose endpoints are asked for: a program's own, an administrator's choice. */
  const askedOf = async (
    keeper: Keeper,
    asked: contract.IntegratorId | undefined,
  ): Promise<contract.IntegratorId> => {
    const integratorId = asked ?? (keeper.kind === 'integrator' ? keeper.integratorId : undefined);
    if (integratorId === undefined) throw invalid([{ pointer: '/integratorId', code: 'required' }]);
    if (!(await isInCare(database, keeper, integratorId))) throw notFound();
    return integratorId;
  };

  serve(app, contract.listEvents, async ({ query, request }) =>
    listEvents(deps, integratorOf(request), query),
  );

  serve(app, contract.listWebhookEndpoints, async ({ query, request }) => {
    const keeper = keeperOf(request);
    const rows = await listEndpoints(database, keeper, await askedOf(keeper, query.integratorId));
    return { items: rows.map((row) => presentEndpoint(row, now())) };
  });

  serve(app, contract.createWebhookEndpoint, async ({ body, request }) =>
    createEndpoint(deps, integratorOf(request), body),
  );

  serve(app, contract.getWebhookEndpoint, async ({ params, request }) =>
    presentEndpoint(await getEndpoint(database, keeperOf(request), params.id), now()),
  );

  serve(app, contract.changeWebhookEndpoint, async ({ params, body, request }) => {
    const endpoint = await changeEndpoint(deps, keeperOf(request), params.id, body);
    const changed = { endpointId: endpoint.id, fields: Object.keys(body), enabled: endpoint.enabled };
    request.log.info({ audit: 'webhook_endpoint_changed', ...changed }, 'an endpoint was changed');
    return endpoint;
  });

  serve(app, contract.deleteWebhookEndpoint, async ({ params, request }) => {
    const integrator = integratorOf(request);
    await database.transaction(async (tx) => {
      await lockEndpoint(tx, integrator, params.id);
      await tx.delete(webhookEndpoints).where(eq(webhookEndpoints.id, params.id));
    });
    return undefined;
  });

  serve(app, contract.getWebhookSecret, async ({ params, request }) =>
    readSecrets(deps, integratorOf(request), params.id),
  );

  serve(app, contract.rotateWebhookSecret, async ({ params, request }) =>
    rotateSecret(deps, integratorOf(request), params.id),
  );

  serve(app, contract.testWebhookEndpoint, async ({ params, request }) =>
    sendTest(deps, keeperOf(request), params.id),
  );

  serve(app, contract.listWebhookDeliveries, async ({ params, query, request }) =>
    listJournal(deps, keeperOf(request), params.id, query),
  );

  serve(app, contract.getWebhookDelivery, async ({ params, request }) =>
    readJournal(deps, keeperOf(request), params),
  );

  serve(app, contract.redeliver, async ({ params, request }) =>
    redeliverOne(deps, keeperOf(request), params.id, params.deliveryId),
  );

  serve(app, contract.redeliverFailed, async ({ params, body, request }) => ({
    count: await redeliverSince(deps, keeperOf(request), params.id, body.since),
  }));
}

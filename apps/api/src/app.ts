import { getHeapStatistics } from 'node:v8';
import cookie from '@fastify/cookie';
import underPressure from '@fastify/under-pressure';
import { sql } from 'drizzle-orm';
import fastify, { type FastifyInstance } from 'fastify';
import type { Deps } from './deps.ts';
import { accountsRoutes } from './features/accounts/accounts.routes.ts';
import { administrationRoutes } from './features/administration/administration.routes.ts';
import { agentInvitationsRoutes } from './features/agents/agent-invitations.routes.ts';
import { agentsRoutes } from './features/agents/agents.routes.ts';
import { agentsAdminRoutes } from './features/agents/agents-admin.routes.ts';
import { configurationRoutes } from './features/configuration/configuration.routes.ts';
import { createServiceStatus, probesOf } from './features/configuration/service-status.ts';
import { contractsRoutes } from './features/contracts/contracts.routes.ts';
import { customsRequestsRoutes } from './features/customs-requests/customs-requests.routes.ts';
import { requestDeskRoutes } from './features/customs-requests/request-desk.routes.ts';
import { documentsRoutes } from './features/documents/documents.routes.ts';
import { filingsRoutes } from './features/filings/filings.routes.ts';
import { financeRoutes } from './features/finance/finance.routes.ts';
import { gatewaysRoutes } from './features/gateways/gateways.routes.ts';
import { accountApiKeysRoutes } from './features/integrators/account-api-keys.routes.ts';
import { integratorsRoutes } from './features/integrators/integrators.routes.ts';
import { invoicesRoutes } from './features/invoices/invoices.routes.ts';
import { issuersRoutes } from './features/issuers/issuers.routes.ts';
import { landingRoutes } from './features/landing/landing.routes.ts';
import { spaRoutes } from './features/landing/spa.routes.ts';
import { messagesRoutes } from './features/messages/messages.routes.ts';
import { openApiRoutes } from './features/openapi/openapi.routes.ts';
import { paymentsRoutes } from './features/payments/payments.routes.ts';
import { receiptsRoutes } from './features/receipts/receipts.routes.ts';
import { referenceRoutes } from './features/reference/reference.routes.ts';
import { sessionsRoutes } from './features/sessions/sessions.routes.ts';
import { subscriptionsRoutes } from './features/subscriptions/subscriptions.routes.ts';
import { webhooksRoutes } from './features/webhooks/webhooks.routes.ts';
import { keepAnswers } from './plugins/idempotency.ts';
import { measure } from './plugins/metrics.ts';
import { authenticate } from './plugins/principal.ts';
import { answerFrameworkError, answerUnreadable, handleProblems } from './plugins/problems.ts';
import { limitRates } from './plugins/rate-limit.ts';
import { logHangUps, RequestLog } from './plugins/request-log.ts';
import { makeHeaders, secureHeaders } from './plugins/security-headers.ts';
import { guardRoutes } from './plugins/serve.ts';
import { keepStorable } from './plugins/storable.ts';

export type App = FastifyInstance;

/** Largest JSON body, in bytes; uploads have their own limit. */
const bodyLimit = 512 * 1024;
/** Part of the heap that this process may have (`--max-old-space-size`), beyond which it turns requests away rather than end. */
const heapShare = 0.9;
/** Time for a whole request, in milliseconds: 3 MB over a link of 0.2 Mbit/s. */
const requestMs = 150_000;

/** The features of the JSON API, each with its routes. */
const features: readonly ((app: App, deps: Deps) => void | Promise<void>)[] = [
  accountsRoutes,
  sessionsRoutes,
  agentsRoutes,
  agentInvitationsRoutes,
  agentsAdminRoutes,
  referenceRoutes,
  subscriptionsRoutes,
  documentsRoutes,
  contractsRoutes,
  filingsRoutes,
  customsRequestsRoutes,
  requestDeskRoutes,
  messagesRoutes,
  paymentsRoutes,
  gatewaysRoutes,
  receiptsRoutes,
  issuersRoutes,
  invoicesRoutes,
  financeRoutes,
  integratorsRoutes,
  accountApiKeysRoutes,
  webhooksRoutes,
  administrationRoutes,
];

/** Composes the API: problems first, so that every plugin's errors are caught; then who calls, limits, and the features. */
export async function buildApp(deps: Deps): Promise<App> {
  const { environment, database } = deps;
  const headersFor = await makeHeaders(deps);
  const app = fastify({
    loggerInstance: deps.log,
    logController: new RequestLog(deps.log),
    bodyLimit,
    trustProxy: environment.TRUSTED_PROXIES.length > 0 ? environment.TRUSTED_PROXIES : false,
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 1000 },
    requestTimeout: requestMs,
    http: { headersTimeout: 10_000, requestTimeout: requestMs, connectionsCheckingInterval: 2000 },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    frameworkErrors: answerFrameworkError(headersFor),
    clientErrorHandler: answerUnreadable(headersFor),
  });
  // A form of any site can send this type without asking (CSRF), and no route reads it.
  app.removeContentTypeParser('text/plain');
  handleProblems(app);
  guardRoutes(app);
  logHangUps(app);
  secureHeaders(app, headersFor);
  await app.register(cookie);
  await app.register(underPressure, {
    maxEventLoopDelay: environment.MAX_EVENT_LOOP_DELAY_MS,
    maxHeapUsedBytes: heapShare * getHeapStatistics().heap_size_limit,
    retryAfter: 5,
    exposeStatusRoute: false,
  });
  await authenticate(app, deps);
  await limitRates(app, deps);
  keepStorable(app);
  keepAnswers(app, deps);
  measure(app, deps);
  const status = createServiceStatus(probesOf(deps), deps.now);

  app.get('/healthz', { config: { page: true } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { config: { page: true } }, async () => {
    await database.execute(sql`select 1`);
    return { status: 'ready' };
  });
  await app.register(
    async (api) => {
      api.addHook('onRequest', (_request, reply, done) => {
        reply.header('cache-control', 'no-store');
        done();
      });
      configurationRoutes(api, deps, status);
      for (const feature of features) await feature(api, deps);
    },
    { prefix: '/api/v1' },
  );
  openApiRoutes(app, deps);
  landingRoutes(app, deps, status);
  await spaRoutes(app, deps);
  return app;
}

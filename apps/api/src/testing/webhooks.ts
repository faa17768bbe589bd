import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { type EventType, subscribableTypes, type WebhookEndpointId } from '@rnoce/schemas';
import { asc, eq } from 'drizzle-orm';
import { webhookAttempts, webhookDeliveries, webhookEndpoints } from '../db/schema/webhooks.ts';
import { createDispatcher } from '../features/webhooks/dispatcher.ts';
import { type NewEvent, recordEvents } from '../features/webhooks/record-events.ts';
import { createWebhookCaller, type WebhookCallerOptions } from '../integrations/webhook/webhook-caller.ts';
import { newWebhookSecret } from '../integrations/webhook/webhook-signature.ts';
import { sealSecret } from '../sealed-secret.ts';
import type { TestApp } from './app.ts';
import { closeAfterFile } from './clean-up.ts';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
/** What a receiver answers; undefined: nothing, ever. */
type Answering = (received: Received) => Reply | undefined | Promise<Reply | undefined>;

/** A receiver of webhooks over real HTTP, which takes everything until `answer` says otherwise. Closed after the last test of the file. */
export async function startReceiver() {
  const received: Received[] = [];
  let answering: Answering = () => ({});
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      received.push(one);
      const reply = await answering(one);
      if (!reply) return;
      response.writeHead(reply.status ?? 200, reply.headers);
      response.end(reply.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterFile(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    received,
    answer: (next: Answering) => {
      answering = next;
    },
    /** The ids that came, in their order. */
    ids: () => received.map(({ headers }) => String(headers['webhook-id'])),
  };
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** An endpoint of an integrator, by default for every event, and the secret that signs for it. */
export async function makeEndpoint(
  { deps }: TestApp,
  integratorId: string,
  { url, events = subscribableTypes }: { url: string; events?: EventType[] },
) {
  const secret = newWebhookSecret();
  const [made] = await deps.database
    .insert(webhookEndpoints)
    .values({
      integratorId,
      url,
      events,
      secret: sealSecret(secret, { key: deps.environment.WEBHOOK_KEY, owner: integratorId }),
    })
    .returning();
  if (!made) throw new Error('no endpoint was made');
  return { id: made.id as WebhookEndpointId, secret };
}

/** So many events of an issuer, in one transaction; each has a number of its own. */
export async function tellInvoices({ deps }: TestApp, issuerId: string, numbers: readonly string[]) {
  const at = deps.now();
  const events = numbers.map(
    (number): NewEvent => ({
      type: 'invoice.created',
      at,
      audience: { issuerId },
      data: {
        number,
        issuer: 'TEST',
        clientCode: 'A1B2',
        amount: '840.00',
        currency: 'MAD',
        issuedOn: '2026-11-01',
        dueOn: '2026-12-01',
        status: 'unpaid',
      },
    }),
  );
  await deps.database.transaction((tx) => recordEvents(tx, events));
}

/** A dispatcher by the test's clock. */
export function dispatcherOf({ deps }: TestApp, options: Partial<WebhookCallerOptions> = {}) {
  return createDispatcher(deps, createWebhookCaller({ timeoutMs: 10_000, localAddresses: true, ...options }));
}

/** An endpoint as it stands, with its deliveries and their tries. */
export async function standingOf({ deps: { database } }: TestApp, endpointId: string) {
  const [endpoint] = await database
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, endpointId));
  const deliveries = await database
    .select()
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.endpointId, endpointId))
    .orderBy(asc(webhookDeliveries.id));
  const attempts = await database
    .select({ attempt: webhookAttempts })
    .from(webhookAttempts)
    .innerJoin(webhookDeliveries, eq(webhookDeliveries.id, webhookAttempts.deliveryId))
    .where(eq(webhookDeliveries.endpointId, endpointId))
    .orderBy(asc(webhookAttempts.id));
  if (!endpoint) throw new Error('there is no such endpoint');
  return { endpoint, deliveries, attempts: attempts.map(({ attempt }) => attempt) };
}

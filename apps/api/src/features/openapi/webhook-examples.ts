import { eventExamples, exampleTimestamp } from './event-examples.ts';
import type { RouteExample } from './openapi-examples.ts';

const id = '01995b48-2f10-7a31-8c42-9d0e1f2a3b20';
const deliveryId = '01995b4a-7d30-7b15-8e26-3f4a5b6c7d21';
const eventId = '01995b4a-7d21-7c04-9e5b-1f2a3c4d5e17';
const params = { id };
const deliveryParams = { id, deliveryId };
const asked = {
  url: 'https://erp.example.ma/rnoce',
  description: 'ERP, facturation',
  events: ['invoice.paid', 'invoice.released'],
};
const endpoint = {
  id,
  integratorId: '01995b40-1a2b-7c3d-8e4f-5a6b7c8d9e22',
  ...asked,
  enabled: true,
  disabledReason: null,
  createdAt: '2026-11-20T08:00:00.000Z',
  lastDeliveredAt: '2026-11-21T09:42:01.000Z',
  failingSince: null,
  pending: 0,
  previousSecretUntil: null,
};
const event = {
  id: eventId,
  type: 'invoice.paid',
  timestamp: exampleTimestamp,
  data: eventExamples['invoice.paid'],
};
const { id: _id, ...body } = event;
const attempt = {
  at: '2026-11-21T09:42:01.000Z',
  durationMs: 84,
  status: 204,
  error: null,
  answer: '',
};
const failure = { ...attempt, durationMs: 15_000, status: null, error: 'timeout' };
const waiting = {
  id: deliveryId,
  eventId,
  type: 'invoice.paid',
  status: 'pending',
  tries: 0,
  createdAt: '2026-11-21T09:42:00.000Z',
  nextTryAt: '2026-11-21T09:42:00.000Z',
  lastAttempt: null,
};
const delivery = { ...waiting, status: 'delivered', tries: 2, nextTryAt: null, lastAttempt: attempt };

/** Of the routes about webhooks, and of the feed of events. */
export const webhookExamples: Readonly<Record<string, RouteExample>> = {
  listEvents: {
    query: { limit: 100, type: 'invoice.paid' },
    response: { items: [event], nextCursor: 'MTA0NzI5LTAxOTk1YjRh' },
  },
  listWebhookEndpoints: { response: { items: [endpoint] } },
  createWebhookEndpoint: { body: asked, response: { ...endpoint, lastDeliveredAt: null } },
  getWebhookEndpoint: { params, response: endpoint },
  changeWebhookEndpoint: {
    params,
    body: { enabled: false },
    response: { ...endpoint, enabled: false, disabledReason: 'integrator' },
  },
  deleteWebhookEndpoint: { params },
  getWebhookSecret: {
    params,
    response: { secret: 'whsec_3r0H8Xz1m6S5d7fJcQkq2Yw9vN4bTgLpAeUoRiKhZsM=', previousSecret: null },
  },
  rotateWebhookSecret: {
    params,
    response: { ...endpoint, previousSecretUntil: '2026-11-23T10:00:00.000Z' },
  },
  testWebhookEndpoint: { params, response: { ...waiting, type: 'endpoint.test' } },
  listWebhookDeliveries: {
    params,
    query: { status: 'delivered' },
    response: { items: [delivery], nextCursor: null },
  },
  getWebhookDelivery: {
    params: deliveryParams,
    response: { ...delivery, body: JSON.stringify(body), attempts: [attempt, failure] },
  },
  redeliver: { params: deliveryParams, response: waiting },
  redeliverFailed: {
    params,
    body: { since: '2026-11-20T00:00:00.000Z' },
    response: { count: 12 },
  },
};

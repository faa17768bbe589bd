import { getIntegrator, listApiKeys, listIntegrators } from '@rnoce/api-client/integrators';
import {
  getWebhookDelivery,
  getWebhookEndpoint,
  listWebhookDeliveries,
  listWebhookEndpoints,
} from '@rnoce/api-client/webhooks';
import type { RouteQueryInput } from '@rnoce/schemas/contract';
import type { listIntegrators as listRoute } from '@rnoce/schemas/integrators';
import type { listWebhookDeliveries as deliveriesRoute } from '@rnoce/schemas/webhooks';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '../session/session.ts';
import { fresh, moving } from './moving.ts';

export type IntegratorsQuery = RouteQueryInput<typeof listRoute>;
export type DeliveriesQuery = Omit<RouteQueryInput<typeof deliveriesRoute>, 'cursor'>;

/** How often a delivery is asked whose next try is about to be made, in milliseconds. */
const watchEvery = 2000;
/** A try that comes later than this, in milliseconds, isn't waited for. */
const soon = 60_000;

export const integratorsQuery = (query: IntegratorsQuery) =>
  queryOptions({
    queryKey: ['integrators', 'list', query],
    queryFn: async ({ signal }) => (await listIntegrators(client, { query, signal })).data,
    ...moving,
  });

export const integratorQuery = (id: string) =>
  queryOptions({
    queryKey: ['integrators', 'one', id],
    queryFn: async ({ signal }) => (await getIntegrator(client, { params: { id }, signal })).data,
    ...fresh,
  });

export const keysQuery = (integratorId: string) =>
  queryOptions({
    queryKey: ['integrators', 'keys', integratorId],
    queryFn: async ({ signal }) =>
      (await listApiKeys(client, { query: { integratorId }, signal })).data.items,
    ...fresh,
  });

export const endpointsQuery = (integratorId: string) =>
  queryOptions({
    queryKey: ['integrators', 'endpoints', integratorId],
    queryFn: async ({ signal }) =>
      (await listWebhookEndpoints(client, { query: { integratorId }, signal })).data.items,
    ...fresh,
  });

export const endpointQuery = (id: string) =>
  queryOptions({
    queryKey: ['integrators', 'endpoint', id],
    queryFn: async ({ signal }) => (await getWebhookEndpoint(client, { params: { id }, signal })).data,
    ...fresh,
  });

/** The journal of an endpoint, by as many parts as were asked for. */
export const deliveriesQuery = (id: string, query: DeliveriesQuery) =>
  infiniteQueryOptions({
    queryKey: ['integrators', 'deliveries', id, query],
    queryFn: async ({ signal, pageParam: cursor }) =>
      (await listWebhookDeliveries(client, { params: { id }, query: { ...query, cursor }, signal })).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    ...moving,
  });

/** One delivery; while it is under way what becomes of it is watched. */
export const deliveryQuery = (id: string, deliveryId: string) =>
  queryOptions({
    queryKey: ['integrators', 'delivery', id, deliveryId],
    queryFn: async ({ signal }) =>
      (await getWebhookDelivery(client, { params: { id, deliveryId }, signal })).data,
    ...fresh,
    refetchInterval: ({ state: { data } }) =>
      data?.nextTryAt && Date.parse(data.nextTryAt) < Date.now() + soon ? watchEvery : fresh.refetchInterval,
  });

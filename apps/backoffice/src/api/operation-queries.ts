import { getCustomsRequestDossier, listCustomsRequests } from '@rnoce/api-client/customs-requests';
import type { RouteQueryInput } from '@rnoce/schemas/contract';
import type { listCustomsRequests as listRoute } from '@rnoce/schemas/customs-requests';
import { queryClient } from '@rnoce/shell/query-client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../session/session.ts';

export type OperationsQuery = RouteQueryInput<typeof listRoute>;

/** How often what other agents and BADR do is asked, in milliseconds. */
const freshEvery = 30_000;

/** The queue moves while it is looked at; the page before stays in view while the next one comes. */
export const operationsQuery = (query: OperationsQuery) =>
  queryOptions({
    queryKey: ['operations', 'queue', query],
    queryFn: async ({ signal }) => (await listCustomsRequests(client, { query, signal })).data,
    placeholderData: keepPreviousData,
    refetchInterval: freshEvery,
    refetchOnWindowFocus: 'always',
  });

export const operationQuery = (id: string) =>
  queryOptions({
    queryKey: ['operations', 'dossier', id],
    queryFn: async ({ signal }) => (await getCustomsRequestDossier(client, { params: { id }, signal })).data,
    refetchInterval: freshEvery,
    refetchOnWindowFocus: 'always',
  });

/** After a decision: what the queue says is asked again. */
export const forgetOperations = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: ['operations', 'queue'] });

import { getCustomsRequestDossier, listCustomsRequests } from '@rnoce/api-client/customs-requests';
import type { RouteQueryInput } from '@rnoce/schemas/contract';
import type { listCustomsRequests as listRoute } from '@rnoce/schemas/customs-requests';
import { queryClient } from '@rnoce/shell/query-client';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../session/session.ts';
import { fresh, moving } from './moving.ts';

export type OperationsQuery = RouteQueryInput<typeof listRoute>;

export const operationsQuery = (query: OperationsQuery) =>
  queryOptions({
    queryKey: ['operations', 'queue', query],
    queryFn: async ({ signal }) => (await listCustomsRequests(client, { query, signal })).data,
    ...moving,
  });

export const operationQuery = (id: string) =>
  queryOptions({
    queryKey: ['operations', 'dossier', id],
    queryFn: async ({ signal }) => (await getCustomsRequestDossier(client, { params: { id }, signal })).data,
    ...fresh,
  });

/** After a decision: what the queue says is asked again. */
export const forgetOperations = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: ['operations', 'queue'] });

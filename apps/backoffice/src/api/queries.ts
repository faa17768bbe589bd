import { listAgentSessions } from '@rnoce/api-client/agents';
import { getConfiguration } from '@rnoce/api-client/configuration';
import { getFilingStatistics } from '@rnoce/api-client/filing-statistics';
import { getFiling, listFilings } from '@rnoce/api-client/filings';
import { minAgentPasswordLength } from '@rnoce/schemas/agents';
import type { RouteQueryInput } from '@rnoce/schemas/contract';
import type { listFilings as listFilingsRoute } from '@rnoce/schemas/filings';
import { openSessionsQuery } from '@rnoce/shell/open-sessions-query';
import { queryClient } from '@rnoce/shell/query-client';
import { createReferenceQuery } from '@rnoce/shell/reference-query';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../session/session.ts';
import { fresh, moving } from './moving.ts';

export type QueueQuery = RouteQueryInput<typeof listFilingsRoute>;

export const queueQuery = (query: QueueQuery) =>
  queryOptions({
    queryKey: ['filings', 'queue', query],
    queryFn: async ({ signal }) => (await listFilings(client, { query, signal })).data,
    ...moving,
  });

export const statisticsQuery = queryOptions({
  queryKey: ['filings', 'statistics'],
  queryFn: async ({ signal }) => (await getFilingStatistics(client, { signal })).data,
});

export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: ['filings', 'dossier', id],
    queryFn: async ({ signal }) => (await getFiling(client, { params: { id }, signal })).data,
    ...fresh,
  });

export const sessionsQuery = openSessionsQuery(
  async (signal) => (await listAgentSessions(client, { signal })).data,
);

export const referenceQuery = createReferenceQuery(client);

/** After a decision: what the queue and the statistics say is asked again. */
export const forgetQueue = (): Promise<void> =>
  queryClient.invalidateQueries({
    predicate: ({ queryKey: [area, part] }) =>
      area === 'filings' && (part === 'queue' || part === 'statistics'),
  });

/** Fewest characters of an agent's password in this installation. */
export const passwordLengthQuery = queryOptions({
  queryKey: ['configuration', 'agent-password-length'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) =>
    Math.max(minAgentPasswordLength, (await getConfiguration(client, { signal })).data.password.minLength),
});

import { getFiling, getFilingStatistics, listFilings } from '@rnoce/api-client/filings';
import { getReferenceList } from '@rnoce/api-client/reference';
import type { RouteQueryInput } from '@rnoce/schemas/contract';
import type { listFilings as listFilingsRoute } from '@rnoce/schemas/filings';
import type { ReferenceList } from '@rnoce/schemas/reference';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../session/session.ts';
import { queryClient } from './query-client.ts';

export type QueueQuery = RouteQueryInput<typeof listFilingsRoute>;

/** How often what other agents do is asked, in milliseconds. */
const freshEvery = 30_000;

/** The queue moves while it is looked at; the page before stays in view while the next one comes. */
export const queueQuery = (query: QueueQuery) =>
  queryOptions({
    queryKey: ['filings', 'queue', query],
    queryFn: async ({ signal }) => (await listFilings(client, { query, signal })).data,
    placeholderData: keepPreviousData,
    refetchInterval: freshEvery,
    refetchOnWindowFocus: 'always',
  });

export const statisticsQuery = queryOptions({
  queryKey: ['filings', 'statistics'],
  queryFn: async ({ signal }) => (await getFilingStatistics(client, { signal })).data,
});

export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: ['filings', 'dossier', id],
    queryFn: async ({ signal }) => (await getFiling(client, { params: { id }, signal })).data,
    refetchInterval: freshEvery,
    refetchOnWindowFocus: 'always',
  });

export const referenceQuery = (list: ReferenceList) =>
  queryOptions({
    queryKey: ['reference', list],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await getReferenceList(client, { params: { list }, signal })).data.items,
  });

type Warmed = Parameters<typeof queryClient.prefetchQuery>[0];

/** Starts a screen's query from its loader. The screen itself shows waiting, data and failure. */
export function warm(...queries: readonly unknown[]): null {
  for (const query of queries) void queryClient.prefetchQuery(query as Warmed);
  return null;
}

/** After a decision: what the queue and the statistics say is asked again. */
export const forgetQueue = (): Promise<void> =>
  queryClient.invalidateQueries({
    predicate: ({ queryKey: [area, part] }) => area === 'filings' && part !== 'dossier',
  });

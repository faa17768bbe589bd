import { listAdministrationEntries } from '@rnoce/api-client/administration';
import { getManagedAgent, listAgents } from '@rnoce/api-client/agents';
import { getManagedIssuer, listManagedIssuers } from '@rnoce/api-client/issuers';
import type { listAgents as agentsRoute } from '@rnoce/schemas/agents';
import type { RouteQueryInput } from '@rnoce/schemas/contract';
import type { listManagedIssuers as issuersRoute } from '@rnoce/schemas/issuers';
import { queryClient } from '@rnoce/shell/query-client';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../session/session.ts';
import { fresh, moving } from './moving.ts';

export type AgentsQuery = RouteQueryInput<typeof agentsRoute>;
export type ManagedIssuersQuery = RouteQueryInput<typeof issuersRoute>;

/** Whom or what a history is about. */
export type HistorySubject =
  | { readonly agentId: string }
  | { readonly issuer: string }
  | { readonly integratorId: string };

/** Entries of a page of a history, which stands below its subject's facts. */
const historyPageSize = 10;

export const agentsQuery = (query: AgentsQuery) =>
  queryOptions({
    queryKey: ['administration', 'agents', query],
    queryFn: async ({ signal }) => (await listAgents(client, { query, signal })).data,
    ...moving,
  });

export const managedAgentQuery = (id: string) =>
  queryOptions({
    queryKey: ['administration', 'agent', id],
    queryFn: async ({ signal }) => (await getManagedAgent(client, { params: { id }, signal })).data,
    ...fresh,
  });

export const managedIssuersQuery = (query: ManagedIssuersQuery) =>
  queryOptions({
    queryKey: ['administration', 'issuers', query],
    queryFn: async ({ signal }) => (await listManagedIssuers(client, { query, signal })).data,
    ...moving,
  });

export const managedIssuerQuery = (code: string) =>
  queryOptions({
    queryKey: ['administration', 'issuer', code],
    queryFn: async ({ signal }) => (await getManagedIssuer(client, { params: { code }, signal })).data,
    ...fresh,
  });

export const historyQuery = (subject: HistorySubject, page: number) =>
  queryOptions({
    queryKey: ['administration', 'history', subject, page],
    queryFn: async ({ signal }) => {
      const query = { ...subject, page, pageSize: historyPageSize };
      return (await listAdministrationEntries(client, { query, signal })).data;
    },
    ...moving,
  });

/** After an act of an administrator: what shows agents, issuers, integrators and the history is asked again. */
export const forgetAdministration = (): Promise<void> =>
  queryClient.invalidateQueries({
    predicate: ({ queryKey: [area, part] }) =>
      area === 'administration' || area === 'integrators' || (area === 'finance' && part === 'issuers'),
  });

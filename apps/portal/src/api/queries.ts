import { getConfiguration } from '@rnoce/api-client/configuration';
import { getCustomsAccount, getCustomsRequest } from '@rnoce/api-client/customs-requests';
import { listOwnInvoices } from '@rnoce/api-client/invoices';
import { listOwnPayments } from '@rnoce/api-client/payments';
import { listSessions } from '@rnoce/api-client/sessions';
import { getSubscription, getSubscriptionOptions, listSubscriptions } from '@rnoce/api-client/subscriptions';
import type { RouteQueryInput } from '@rnoce/schemas/contract';
import type { listOwnInvoices as listOwnInvoicesRoute } from '@rnoce/schemas/invoices';
import type { listOwnPayments as listOwnPaymentsRoute } from '@rnoce/schemas/payments';
import { openSessionsQuery } from '@rnoce/shell/open-sessions-query';
import { queryClient } from '@rnoce/shell/query-client';
import { createReferenceQuery } from '@rnoce/shell/reference-query';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../session/session.ts';

/** Limits and methods of this installation; they don't change while a page lives. */
export const configurationQuery = queryOptions({
  queryKey: ['configuration'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => (await getConfiguration(client, { signal })).data,
});

export const subscriptionOptionsQuery = queryOptions({
  queryKey: ['subscriptions', 'options'],
  queryFn: async ({ signal }) => (await getSubscriptionOptions(client, { signal })).data,
});

/** « Mes demandes »: asked again each time the page is looked at, since agents decide meanwhile. */
export const subscriptionsQuery = queryOptions({
  queryKey: ['subscriptions', 'list'],
  refetchOnWindowFocus: 'always',
  queryFn: async ({ signal }) => (await listSubscriptions(client, { signal })).data.items,
});

export const subscriptionQuery = (id: string) =>
  queryOptions({
    queryKey: ['subscriptions', 'one', id],
    queryFn: async ({ signal }) => (await getSubscription(client, { params: { id }, signal })).data,
  });

/** The customs account, and what may be asked of it: asked again each time the page is looked at, since agents decide meanwhile. */
export const customsAccountQuery = queryOptions({
  queryKey: ['customs-requests', 'account'],
  refetchOnWindowFocus: 'always',
  queryFn: async ({ signal }) => (await getCustomsAccount(client, { signal })).data,
});

export const customsRequestQuery = (id: string) =>
  queryOptions({
    queryKey: ['customs-requests', 'one', id],
    queryFn: async ({ signal }) => (await getCustomsRequest(client, { params: { id }, signal })).data,
  });

/** After a change to a request: what the account's card says of it is asked again. */
export const forgetCustomsAccount = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: customsAccountQuery.queryKey });

export type OwnInvoicesQuery = RouteQueryInput<typeof listOwnInvoicesRoute>;
export type OwnPaymentsQuery = RouteQueryInput<typeof listOwnPaymentsRoute>;

/** « Mes factures »: asked again each time the page is looked at, since they are paid on another one. */
export const ownInvoicesQuery = (query: OwnInvoicesQuery) =>
  queryOptions({
    queryKey: ['invoices', query],
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: 'always',
    queryFn: async ({ signal }) => (await listOwnInvoices(client, { query, signal })).data,
  });

export const ownPaymentsQuery = (query: OwnPaymentsQuery) =>
  queryOptions({
    queryKey: ['payments', query],
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: 'always',
    queryFn: async ({ signal }) => (await listOwnPayments(client, { query, signal })).data,
  });

export const sessionsQuery = openSessionsQuery(
  async (signal) => (await listSessions(client, { signal })).data,
);

export const referenceQuery = createReferenceQuery(client);

/** After a change to a subscription: what lists and options say of it is asked again. */
export const forgetSubscriptions = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: ['subscriptions'] });

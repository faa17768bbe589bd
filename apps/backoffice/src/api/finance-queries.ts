import { getFinanceOrder, listFinanceOrders, listRefunds } from '@rnoce/api-client/finance';
import { listIssuers } from '@rnoce/api-client/issuers';
import { getSettlementFile, listAnomalies, listSettlementFiles } from '@rnoce/api-client/reconciliation';
import type { RouteQueryInput } from '@rnoce/schemas/contract';
import type * as routes from '@rnoce/schemas/finance';
import type { listAnomalies as anomaliesRoute } from '@rnoce/schemas/reconciliation';
import { queryClient } from '@rnoce/shell/query-client';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../session/session.ts';
import { moving } from './moving.ts';

export type OrdersQuery = RouteQueryInput<typeof routes.listFinanceOrders>;
export type RefundsQuery = RouteQueryInput<typeof routes.listRefunds>;
export type AnomaliesQuery = RouteQueryInput<typeof anomaliesRoute>;

export const ordersQuery = (query: OrdersQuery) =>
  queryOptions({
    queryKey: ['finance', 'orders', query],
    queryFn: async ({ signal }) => (await listFinanceOrders(client, { query, signal })).data,
    ...moving,
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['finance', 'order', id],
    queryFn: async ({ signal }) => (await getFinanceOrder(client, { params: { id }, signal })).data,
    refetchOnWindowFocus: 'always',
  });

export const refundsQuery = (query: RefundsQuery) =>
  queryOptions({
    queryKey: ['finance', 'refunds', query],
    queryFn: async ({ signal }) => (await listRefunds(client, { query, signal })).data,
    ...moving,
  });

export const anomaliesQuery = (query: AnomaliesQuery) =>
  queryOptions({
    queryKey: ['finance', 'anomalies', query],
    queryFn: async ({ signal }) => (await listAnomalies(client, { query, signal })).data,
    ...moving,
  });

export const filesQuery = (page: number) =>
  queryOptions({
    queryKey: ['finance', 'files', page],
    queryFn: async ({ signal }) =>
      (await listSettlementFiles(client, { query: { page, pageSize: 25 }, signal })).data,
    ...moving,
  });

export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: ['finance', 'file', id],
    queryFn: async ({ signal }) => (await getSettlementFile(client, { params: { id }, signal })).data,
  });

export const issuersQuery = queryOptions({
  queryKey: ['finance', 'issuers'],
  queryFn: async ({ signal }) => (await listIssuers(client, { signal })).data.items,
});

/** After money or an anomaly moved: every list and page about it is asked again. */
export const forgetFinance = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['finance'] });

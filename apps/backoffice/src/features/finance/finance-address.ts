import { ListFinanceOrdersQuery, ListRefundsQuery } from '@rnoce/schemas/finance';
import { ListAnomaliesQuery } from '@rnoce/schemas/reconciliation';
import type { AnomaliesQuery, OrdersQuery, RefundsQuery } from '../../api/finance-queries.ts';
import { readFilters } from '../../lists/filters.ts';
import { pageSize } from '../../lists/page-size.ts';

/** The filters of the orders as the address keeps them; the export takes the same, but `sort` and `page`. */
export const orderFilters = ['q', 'status', 'issuer', 'method', 'channel', 'from', 'to'] as const;

export const ordersOf = (search: URLSearchParams): OrdersQuery =>
  readFilters(ListFinanceOrdersQuery, search, [...orderFilters, 'sort', 'page'], { pageSize });

/** Without `status`, what is still to be given back; `all` stands for everything. */
export function refundsOf(search: URLSearchParams): RefundsQuery {
  const status = search.get('status') ?? 'due';
  const { status: read, ...others } = readFilters(
    ListRefundsQuery,
    search,
    ['owner', 'provider', 'sort', 'page', 'status'],
    { pageSize },
  );
  return status === 'all' ? others : { ...others, status: read ?? 'due' };
}

export const anomaliesOf = (search: URLSearchParams): AnomaliesQuery =>
  readFilters(ListAnomaliesQuery, search, ['state', 'kind', 'page'], { pageSize });

import { Button } from '@mantine/core';
import { formatAmount, formatCount } from '@rnoce/i18n';
import { exportFinanceOrders } from '@rnoce/schemas/finance';
import { orderStatuses } from '@rnoce/schemas/payment-states';
import { warm } from '@rnoce/shell/query-client';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { IconFileDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { issuersQuery, ordersQuery } from '../../api/finance-queries.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { useListFilters } from '../../lists/list-filters.ts';
import { ListKeys } from '../../lists/list-keys.tsx';
import { StateLinks } from '../../lists/state-links.tsx';
import { client } from '../../session/session.ts';
import { orderFilters, ordersOf } from './finance-address.ts';
import { OrdersFilters } from './orders-filters.tsx';
import { OrdersTable } from './orders-table.tsx';
import { PaymentsNav } from './payments-nav.tsx';
import '../../lists/facts.css';

export const loader = ({ request }: { request: Request }) =>
  warm(ordersQuery(ordersOf(new URL(request.url).searchParams)), issuersQuery);

/** The search is data of the screen, not another place: its loader needn't run again at each key. */
export const shouldRevalidate = () => false;

/** The orders: filters in the address, totals by status, a file of all of them. */
export function Component() {
  const t = useT();
  const { locale } = useLocale();
  const filters = useListFilters();
  const { search } = filters;
  const searchBox = useRef<HTMLInputElement>(null);
  const asked = ordersOf(search);
  const query = useQuery(ordersQuery(asked));
  const { sort: _, page: __, pageSize: ___, ...exported } = asked;
  const filtered = orderFilters.some((name) => search.has(name));
  const totals = new Map(query.data?.totals.map((total) => [total.status, total]));
  const status = search.get('status') ?? '';
  return (
    <>
      <PaymentsNav />
      <div className="backoffice-queue-head">
        <PageTitle title={t('finance:orders.title')} />
        <Button
          component="a"
          href={client.url(exportFinanceOrders, { query: { ...exported, locale } })}
          download
          variant="outline"
          leftSection={<IconFileDownload className="rnoce-icon" aria-hidden />}
        >
          {t('finance:orders.export')}
        </Button>
      </div>
      <StateLinks
        search={search}
        name="status"
        label={t('finance:orders.states')}
        states={[
          { value: '', text: t('finance:orders.all') },
          ...orderStatuses
            .filter((one) => totals.has(one) || one === status)
            .map((one) => {
              const total = totals.get(one);
              return {
                value: one,
                text: t(`reference:paymentStatus.${one}`),
                count: total?.count,
                title: total && formatAmount(total.amount),
              };
            }),
        ]}
        chosen={status}
      />
      <OrdersFilters filters={filters} searchBox={searchBox} />
      <ListBody
        query={query}
        lines={8}
        found={({ total }) => t('finance:orders.found', { total: formatCount(total) })}
        empty={
          filtered
            ? {
                title: t('finance:orders.nothing'),
                detail: t('finance:orders.nothing-detail'),
                clear: t('finance:orders.clear'),
              }
            : { title: t('finance:orders.empty'), detail: t('finance:orders.empty-detail') }
        }
        pages={t('finance:pages.label')}
      >
        {(items) => <OrdersTable items={items} />}
      </ListBody>
      <ListKeys searchBox={searchBox} />
    </>
  );
}

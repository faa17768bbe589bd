import { Button } from '@mantine/core';
import { formatAmount, formatCount } from '@rnoce/i18n';
import { exportFinanceOrders } from '@rnoce/schemas/finance';
import { orderStatuses } from '@rnoce/schemas/payment-states';
import { PageLinks } from '@rnoce/shell/page-links';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { IconFileDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { issuersQuery, ordersQuery } from '../../api/finance-queries.ts';
import { useShortcuts } from '../../keyboard/shortcuts.ts';
import { ShortcutsHint } from '../../keyboard/shortcuts-hint.tsx';
import { withFilter } from '../../lists/list-address.ts';
import { moveFocus } from '../../lists/row-focus.ts';
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
  const [search, setSearch] = useSearchParams();
  const searchBox = useRef<HTMLInputElement>(null);
  const asked = ordersOf(search);
  const query = useQuery(ordersQuery(asked));
  const change = useCallback(
    (name: string, value: string) => {
      setSearch((before) => withFilter(before, name, value), {
        replace: name === 'q',
        preventScrollReset: true,
      });
    },
    [setSearch],
  );
  useShortcuts({
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
    '/': () => searchBox.current?.focus(),
  });
  const { sort: _, page: __, pageSize: ___, ...filters } = asked;
  const filtered = orderFilters.some((name) => search.has(name));
  const totals = new Map(query.data?.totals.map((total) => [total.status, total]));
  const statusLink = (status: string) => ({ search: withFilter(search, 'status', status).toString() });
  return (
    <>
      <PaymentsNav />
      <div className="backoffice-queue-head">
        <PageTitle title={t('finance:orders.title')} />
        <Button
          component="a"
          href={client.url(exportFinanceOrders, { query: { ...filters, locale } })}
          download
          variant="outline"
          leftSection={<IconFileDownload className="rnoce-icon" aria-hidden />}
        >
          {t('finance:orders.export')}
        </Button>
      </div>
      <nav className="backoffice-states" aria-label={t('finance:orders.states')}>
        <Link to={statusLink('')} aria-current={search.has('status') ? undefined : 'page'}>
          {t('finance:orders.all')}
        </Link>
        {orderStatuses.map((status) => {
          const total = totals.get(status);
          const current = search.get('status') === status;
          if (!total && !current) return null;
          return (
            <Link key={status} to={statusLink(status)} aria-current={current ? 'page' : undefined}>
              {t(`reference:paymentStatus.${status}`)}
              {total ? (
                <span className="backoffice-count rnoce-tabular" title={formatAmount(total.amount)}>
                  {formatCount(total.count)}
                </span>
              ) : null}
            </Link>
          );
        })}
      </nav>
      <OrdersFilters search={search} onChange={change} searchBox={searchBox} />
      <QueryState query={query} lines={8}>
        {({ items, total, page, pageSize }) => (
          <div aria-busy={query.isPlaceholderData || undefined} className="backoffice-queue-body">
            <output className="rnoce-hint">{t('finance:orders.found', { total: formatCount(total) })}</output>
            {items.length === 0 ? (
              <EmptyState
                title={filtered ? t('finance:orders.nothing') : t('finance:orders.empty')}
                action={
                  filtered ? (
                    <Button component={Link} to={{ search: '' }} variant="outline">
                      {t('finance:orders.clear')}
                    </Button>
                  ) : null
                }
              >
                <p>{filtered ? t('finance:orders.nothing-detail') : t('finance:orders.empty-detail')}</p>
              </EmptyState>
            ) : (
              <OrdersTable items={items} />
            )}
            <PageLinks
              page={page}
              pages={Math.ceil(total / pageSize)}
              label={t('finance:pages.label')}
              to={(number) => ({ search: withFilter(search, 'page', String(number)).toString() })}
            />
          </div>
        )}
      </QueryState>
      <ShortcutsHint
        keys={[
          ['j', t('backoffice:keys.next')],
          ['k', t('backoffice:keys.previous')],
          ['Enter', t('backoffice:keys.open')],
          ['/', t('backoffice:keys.search')],
        ]}
      />
    </>
  );
}

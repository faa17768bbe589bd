import { Button } from '@mantine/core';
import type { listOwnInvoices } from '@rnoce/api-client/invoices';
import { formatAmount, formatCount } from '@rnoce/i18n';
import { paymentBase } from '@rnoce/schemas/payment-paths';
import { PageLinks } from '@rnoce/shell/page-links';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { LinkTabs } from '@rnoce/ui/link-tabs';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { IconCreditCard } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { ownInvoicesQuery, ownPaymentsQuery } from '../../api/queries.ts';
import { InvoiceTable } from './invoice-table.tsx';
import { addressWith, invoicesIn, paymentsIn, shownStates, stateIn } from './invoices-address.ts';
import { PaymentTable } from './payment-table.tsx';
import './invoices.css';

type OwnInvoices = Awaited<ReturnType<typeof listOwnInvoices>>['data'];

export const loader = ({ request }: { request: Request }) => {
  const { searchParams } = new URL(request.url);
  return warm(ownInvoicesQuery(invoicesIn(searchParams)), ownPaymentsQuery(paymentsIn(searchParams)));
};

/** « Mes factures »: what is to pay, everything that was published for the operator, and what was paid, by whomever. */
export function Component() {
  const t = useT();
  const [search] = useSearchParams();
  const query = useQuery(ownInvoicesQuery(invoicesIn(search)));
  return (
    <>
      <PageTitle title={t('invoices:title')} />
      <QueryState query={query} lines={8}>
        {(own) =>
          own.total === 0 && stateIn(search) === 'all' ? (
            <NoInvoices codes={own.subscriptionCodes} />
          ) : (
            <>
              <Owed own={own} />
              <StateLinks search={search} />
              <div
                className="portal-invoices rnoce-list-room"
                aria-busy={query.isPlaceholderData || undefined}
              >
                <output className="rnoce-hint">
                  {t('invoices:found', { count: own.total, total: formatCount(own.total) })}
                </output>
                {own.items.length === 0 ? null : <InvoiceTable items={own.items} />}
                <PageLinks
                  page={own.page}
                  pages={Math.ceil(own.total / own.pageSize)}
                  label={t('invoices:pages')}
                  to={(page) => addressWith(search, 'page', String(page))}
                />
              </div>
            </>
          )
        }
      </QueryState>
      <Payments search={search} />
    </>
  );
}

function NoInvoices({ codes }: { codes: readonly string[] }) {
  const t = useT();
  return (
    <EmptyState title={t('invoices:empty')}>
      <p>{codes.length === 0 ? t('invoices:empty-unproved') : t('invoices:empty-detail')}</p>
    </EmptyState>
  );
}

/** How much is owed, and where to pay it: the public page, by each code. */
function Owed({ own: { unpaid, subscriptionCodes } }: { own: OwnInvoices }) {
  const t = useT();
  return (
    <section className="rnoce-card portal-owed" aria-labelledby="owed-title">
      <div>
        <h2 id="owed-title">{t('invoices:owed')}</h2>
        <p className="portal-owed-amount">
          <bdi className="rnoce-tabular">{formatAmount(unpaid.amount)}</bdi>
        </p>
        <p className="rnoce-hint">
          {t('invoices:owed-count', { count: unpaid.count, total: formatCount(unpaid.count) })}
        </p>
      </div>
      {unpaid.count === 0 ? null : subscriptionCodes.length === 0 ? (
        <p>{t('invoices:no-code')}</p>
      ) : (
        <div className="portal-owed-pay">
          {subscriptionCodes.map((code) => (
            <Button
              key={code}
              component="a"
              href={`${paymentBase}/?code=${code}`}
              leftSection={<IconCreditCard className="rnoce-icon" aria-hidden />}
            >
              {t('invoices:pay', { code })}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

function StateLinks({ search }: { search: URLSearchParams }) {
  const t = useT();
  const chosen = stateIn(search);
  return (
    <LinkTabs label={t('invoices:filter')}>
      {shownStates.map((state) => (
        <Link
          key={state}
          to={addressWith(search, 'etat', state)}
          aria-current={state === chosen ? 'page' : undefined}
          preventScrollReset
        >
          {t(`invoices:filter.${state}`)}
        </Link>
      ))}
    </LinkTabs>
  );
}

function Payments({ search }: { search: URLSearchParams }) {
  const t = useT();
  const query = useQuery(ownPaymentsQuery(paymentsIn(search)));
  return (
    <section className="portal-payments" aria-labelledby="payments-title">
      <h2 id="payments-title">{t('invoices:payments')}</h2>
      <QueryState query={query} lines={4}>
        {({ items, page, pageSize, total }) =>
          items.length === 0 ? (
            <p className="rnoce-hint">{t('invoices:no-payment')}</p>
          ) : (
            <div className="portal-invoices rnoce-list-room" aria-busy={query.isPlaceholderData || undefined}>
              <PaymentTable items={items} />
              <PageLinks
                page={page}
                pages={Math.ceil(total / pageSize)}
                label={t('invoices:payment-pages')}
                to={(number) => addressWith(search, 'paiements', String(number))}
              />
            </div>
          )
        }
      </QueryState>
    </section>
  );
}

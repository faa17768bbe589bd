import { formatAmount, formatCount } from '@rnoce/i18n';
import { paymentProviders } from '@rnoce/schemas/reconciliation';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { refundsQuery } from '../../api/finance-queries.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { useListFilters } from '../../lists/list-filters.ts';
import { ListKeys } from '../../lists/list-keys.tsx';
import { QueueHead } from '../../lists/queue-head.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';
import { StateLinks } from '../../lists/state-links.tsx';
import { refundsOf } from './finance-address.ts';
import { PaymentsNav } from './payments-nav.tsx';
import { RefundsTable } from './refunds-table.tsx';
import { providerName } from './words.tsx';

export const loader = ({ request }: { request: Request }) =>
  warm(refundsQuery(refundsOf(new URL(request.url).searchParams)));
export const shouldRevalidate = () => false;

/** Money that goes back: what is due the longest first, with who works on it. */
export function Component() {
  const t = useT();
  const filters = useListFilters();
  const { search } = filters;
  const query = useQuery(refundsQuery(refundsOf(search)));
  const counts = query.data?.counts;
  return (
    <>
      <PaymentsNav />
      <QueueHead
        title={t('finance:refunds.title')}
        overdue={
          counts && counts.overdue > 0
            ? t('finance:refunds.overdue', { count: formatCount(counts.overdue) })
            : undefined
        }
      />
      <StateLinks
        search={search}
        name="status"
        label={t('finance:orders.states')}
        states={[
          { value: 'due', text: t('finance:refund.due'), count: counts?.due },
          { value: 'refunded', text: t('finance:refund.done'), count: counts?.refunded },
          { value: 'all', text: t('finance:orders.all') },
        ]}
        chosen={search.get('status') ?? 'due'}
      />
      <search className="backoffice-filters rnoce-no-print">
        <SelectFilter
          filters={filters}
          name="owner"
          label={t('finance:refunds.owner')}
          first={t('finance:refunds.owner-all')}
          choices={(['mine', 'nobody', 'others'] as const).map((one) => [one, t(`finance:refunds.${one}`)])}
        />
        <SelectFilter
          filters={filters}
          name="provider"
          label={t('finance:files.provider')}
          first={t('finance:refunds.all-providers')}
          choices={paymentProviders.map((provider) => [provider, providerName(t, provider)])}
        />
        <SelectFilter
          filters={filters}
          name="sort"
          label={t('finance:orders.sort')}
          first={t('finance:refunds.sort.oldest')}
          choices={(['newest', 'highest'] as const).map((sort) => [sort, t(`finance:refunds.sort.${sort}`)])}
        />
      </search>
      <ListBody
        query={query}
        lines={6}
        found={(list) => t('finance:refunds.amount-due', { amount: formatAmount(list.counts.amountDue) })}
        empty={{ title: t('finance:refunds.empty'), detail: t('finance:refunds.empty-detail') }}
        pages={t('finance:pages.label')}
      >
        {(items) => <RefundsTable items={items} />}
      </ListBody>
      <ListKeys />
    </>
  );
}

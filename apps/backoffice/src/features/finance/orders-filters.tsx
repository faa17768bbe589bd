import { paymentMethods } from '@rnoce/schemas/payment-states';
import { PaymentChannel } from '@rnoce/schemas/payments';
import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { issuersQuery } from '../../api/finance-queries.ts';
import type { ListFilters } from '../../lists/list-filters.ts';
import { SearchBox } from '../../lists/search-box.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';
import { DateFilter } from './date-filter.tsx';

const methods = Object.keys(paymentMethods) as (keyof typeof paymentMethods)[];

/** Search and filters of the orders. */
export function OrdersFilters({
  filters,
  searchBox,
}: {
  filters: ListFilters;
  searchBox: RefObject<HTMLInputElement | null>;
}) {
  const t = useT();
  const issuers = useQuery(issuersQuery).data ?? [];
  return (
    <search className="backoffice-filters rnoce-no-print">
      <SearchBox
        filters={filters}
        label={t('finance:orders.search')}
        hint={t('finance:orders.search-hint')}
        box={searchBox}
      />
      <SelectFilter
        filters={filters}
        name="issuer"
        label={t('finance:order.issuer')}
        first={t('finance:orders.all-issuers')}
        choices={issuers.map(({ code, name }) => [code, name])}
      />
      <SelectFilter
        filters={filters}
        name="method"
        label={t('finance:order.method')}
        first={t('finance:orders.all-methods')}
        choices={methods.map((method) => [method, t(`reference:paymentMethod.${method}`)])}
      />
      <SelectFilter
        filters={filters}
        name="channel"
        label={t('finance:orders.channel')}
        first={t('finance:orders.all-channels')}
        choices={PaymentChannel.options.map((channel) => [channel, t(`reference:paymentChannel.${channel}`)])}
      />
      {(['from', 'to'] as const).map((name) => (
        <DateFilter
          key={name}
          label={t(`finance:orders.${name}`)}
          value={filters.search.get(name) ?? ''}
          onChange={(day) => filters.change(name, day)}
        />
      ))}
      <SelectFilter
        filters={filters}
        name="sort"
        label={t('finance:orders.sort')}
        first={t('finance:orders.sort.newest')}
        choices={(['oldest', 'highest', 'lowest'] as const).map((sort) => [
          sort,
          t(`finance:orders.sort.${sort}`),
        ])}
      />
    </search>
  );
}

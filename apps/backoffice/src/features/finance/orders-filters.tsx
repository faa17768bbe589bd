import { paymentMethods } from '@rnoce/schemas/payment-states';
import { PaymentChannel } from '@rnoce/schemas/payments';
import { useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useCallback } from 'react';
import { issuersQuery } from '../../api/finance-queries.ts';
import { SearchBox } from '../../lists/search-box.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';
import { DateFilter } from './date-filter.tsx';

const methods = Object.keys(paymentMethods) as (keyof typeof paymentMethods)[];

/** Search and filters of the orders; each change goes into the address. */
export function OrdersFilters({
  search,
  onChange,
  searchBox,
}: {
  search: URLSearchParams;
  onChange: (name: string, value: string) => void;
  searchBox: RefObject<HTMLInputElement | null>;
}) {
  const t = useT();
  const issuers = useQuery(issuersQuery).data ?? [];
  const onSearch = useCallback((wanted: string) => onChange('q', wanted), [onChange]);
  const choices = {
    issuer: issuers.map(({ code, name }) => [code, name] as const),
    method: methods.map((method) => [method, t(`reference:paymentMethod.${method}`)] as const),
    channel: PaymentChannel.options.map(
      (channel) => [channel, t(`reference:paymentChannel.${channel}`)] as const,
    ),
    sort: (['oldest', 'highest', 'lowest'] as const).map(
      (sort) => [sort, t(`finance:orders.sort.${sort}`)] as const,
    ),
  };
  const select = (name: keyof typeof choices, label: string, first: string) => (
    <SelectFilter
      label={label}
      first={first}
      value={search.get(name) ?? ''}
      choices={choices[name]}
      onChange={(value) => onChange(name, value)}
    />
  );
  const day = (name: 'from' | 'to') => (
    <DateFilter
      label={t(`finance:orders.${name}`)}
      value={search.get(name) ?? ''}
      onChange={(value) => onChange(name, value)}
    />
  );
  return (
    <search className="backoffice-filters finance-filters rnoce-no-print">
      <SearchBox
        label={t('finance:orders.search')}
        hint={t('finance:orders.search-hint')}
        asked={search.get('q') ?? ''}
        onSearch={onSearch}
        box={searchBox}
      />
      {select('issuer', t('finance:order.issuer'), t('finance:orders.all-issuers'))}
      {select('method', t('finance:order.method'), t('finance:orders.all-methods'))}
      {select('channel', t('finance:orders.channel'), t('finance:orders.all-channels'))}
      {day('from')}
      {day('to')}
      {select('sort', t('finance:orders.sort'), t('finance:orders.sort.newest'))}
    </search>
  );
}

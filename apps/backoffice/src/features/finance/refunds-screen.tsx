import { formatAmount, formatCount } from '@rnoce/i18n';
import { type Refund } from '@rnoce/schemas/finance';
import { paymentProviders } from '@rnoce/schemas/reconciliation';
import { PageLinks } from '@rnoce/shell/page-links';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconAlarm } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { refundsQuery } from '../../api/finance-queries.ts';
import { useShortcuts } from '../../keyboard/shortcuts.ts';
import { ShortcutsHint } from '../../keyboard/shortcuts-hint.tsx';
import { Age } from '../../lists/age.tsx';
import { withFilter } from '../../lists/list-address.ts';
import { moveFocus } from '../../lists/row-focus.ts';
import { SelectFilter } from '../../lists/select-filter.tsx';
import { paths } from '../../paths.ts';
import { refundsOf } from './finance-address.ts';
import { PaymentsNav } from './payments-nav.tsx';
import { Owner, RefundLate } from './refund-facts.tsx';
import { Money, providerName } from './words.tsx';

export const loader = ({ request }: { request: Request }) =>
  warm(refundsQuery(refundsOf(new URL(request.url).searchParams)));
export const shouldRevalidate = () => false;

const states = ['due', 'refunded', 'all'] as const;

/** Money that goes back: what is due the longest first, with who works on it. */
export function Component() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const query = useQuery(refundsQuery(refundsOf(search)));
  useShortcuts({ j: () => moveFocus(1), k: () => moveFocus(-1) });
  const status = search.get('status') ?? 'due';
  const counts = query.data?.counts;
  const change = (name: string) => (value: string) =>
    setSearch((before) => withFilter(before, name, value), { preventScrollReset: true });
  const words = {
    due: t('finance:refund.due'),
    refunded: t('finance:refund.done'),
    all: t('finance:orders.all'),
  };
  return (
    <>
      <PaymentsNav />
      <div className="backoffice-queue-head">
        <PageTitle title={t('finance:refunds.title')} />
        {counts && counts.overdue > 0 ? (
          <p className="backoffice-overdue">
            <IconAlarm className="rnoce-icon" aria-hidden />
            {t('finance:refunds.overdue', { count: formatCount(counts.overdue) })}
          </p>
        ) : null}
      </div>
      <nav className="backoffice-states" aria-label={t('finance:orders.states')}>
        {states.map((state) => (
          <Link
            key={state}
            to={{ search: withFilter(search, 'status', state === 'due' ? '' : state).toString() }}
            aria-current={state === status ? 'page' : undefined}
          >
            {words[state]}
            {counts && state !== 'all' ? (
              <span className="backoffice-count rnoce-tabular">{formatCount(counts[state])}</span>
            ) : null}
          </Link>
        ))}
      </nav>
      <search className="backoffice-filters finance-filters finance-filters-few rnoce-no-print">
        <SelectFilter
          label={t('finance:refunds.owner')}
          first={t('finance:refunds.owner-all')}
          value={search.get('owner') ?? ''}
          choices={(['mine', 'nobody', 'others'] as const).map((one) => [one, t(`finance:refunds.${one}`)])}
          onChange={change('owner')}
        />
        <SelectFilter
          label={t('finance:files.provider')}
          first={t('finance:refunds.all-providers')}
          value={search.get('provider') ?? ''}
          choices={paymentProviders.map((provider) => [provider, providerName(t, provider)])}
          onChange={change('provider')}
        />
        <SelectFilter
          label={t('finance:orders.sort')}
          first={t('finance:refunds.sort.oldest')}
          value={search.get('sort') ?? ''}
          choices={(['newest', 'highest'] as const).map((sort) => [sort, t(`finance:refunds.sort.${sort}`)])}
          onChange={change('sort')}
        />
      </search>
      <QueryState query={query} lines={6}>
        {({ items, total, page, pageSize, counts: { amountDue } }) => (
          <div aria-busy={query.isPlaceholderData || undefined} className="backoffice-queue-body">
            <output className="rnoce-hint">
              {t('finance:refunds.amount-due', { amount: formatAmount(amountDue) })}
            </output>
            {items.length === 0 ? (
              <EmptyState title={t('finance:refunds.empty')}>
                <p>{t('finance:refunds.empty-detail')}</p>
              </EmptyState>
            ) : (
              <RefundsTable items={items} />
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
        ]}
      />
    </>
  );
}

function RefundsTable({ items }: { items: readonly Refund[] }) {
  const t = useT();
  const heads = {
    order: t('finance:orders.number'),
    amount: t('finance:amount.column'),
    provider: t('finance:files.provider'),
    cause: t('finance:refunds.cause'),
    age: t('finance:refunds.age'),
    owner: t('finance:refunds.owner'),
    email: t('finance:refunds.email'),
  };
  return (
    <table className="backoffice-queue finance-table">
      <caption className="rnoce-visually-hidden">{t('finance:refunds.title')}</caption>
      <thead>
        <tr>
          {Object.entries(heads).map(([name, head]) => (
            <th key={name} scope="col" data-amount={name === 'amount' || undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((refund) => (
          <tr key={refund.id}>
            <th scope="row">
              <Link to={paths.order(refund.order.id)} data-row>
                <bdi className="rnoce-code">{refund.order.number}</bdi>
              </Link>
              <bdi className="backoffice-under">{refund.issuer.name}</bdi>
            </th>
            <td data-label={heads.amount} data-amount>
              <Money amount={refund.amount} />
            </td>
            <td data-label={heads.provider}>
              <span>
                {providerName(t, refund.provider)}
                <span className="backoffice-under">{t(`reference:paymentChannel.${refund.channel}`)}</span>
              </span>
            </td>
            <td data-label={heads.cause}>{t(`reference:paymentCause.${refund.cause}`)}</td>
            <td data-label={heads.age}>
              <RefundAge refund={refund} />
            </td>
            <td data-label={heads.owner}>
              <Owner refund={refund} />
            </td>
            <td data-label={heads.email}>
              {refund.payerEmail === null ? <span aria-hidden>–</span> : <bdi>{refund.payerEmail}</bdi>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RefundAge({ refund }: { refund: Refund }) {
  const t = useT();
  if (refund.status === 'refunded')
    return (
      <span>
        <StatusBadge tone="success">{t('finance:refund.done')}</StatusBadge>
        {refund.recordedBy === null ? null : (
          <span className="backoffice-under">
            {t('finance:refund.recorded-by', { name: refund.recordedBy })}
          </span>
        )}
        {refund.proof === null ? null : (
          <bdi className="backoffice-under">{t('finance:refund.proof', { proof: refund.proof })}</bdi>
        )}
      </span>
    );
  return (
    <span>
      <Age since={refund.dueSince} /> <RefundLate refund={refund} />
      {refund.gateway === 'requested' ? (
        <span className="backoffice-under">{t('finance:refund.asked')}</span>
      ) : null}
    </span>
  );
}

import { formatCount } from '@rnoce/i18n';
import { anomalyKinds } from '@rnoce/schemas/reconciliation';
import { PageLinks } from '@rnoce/shell/page-links';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { anomaliesQuery } from '../../api/finance-queries.ts';
import { useShortcuts } from '../../keyboard/shortcuts.ts';
import { ShortcutsHint } from '../../keyboard/shortcuts-hint.tsx';
import { withFilter } from '../../lists/list-address.ts';
import { moveFocus } from '../../lists/row-focus.ts';
import { SelectFilter } from '../../lists/select-filter.tsx';
import { AnomalyTable } from './anomaly-table.tsx';
import { anomaliesOf } from './finance-address.ts';
import { PaymentsNav } from './payments-nav.tsx';

export const loader = ({ request }: { request: Request }) =>
  warm(anomaliesQuery(anomaliesOf(new URL(request.url).searchParams)));
export const shouldRevalidate = () => false;

const states = ['open', 'closed'] as const;

/** What a person must look at: doubtful money, silence, gaps with the providers' files. */
export function Component() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const query = useQuery(anomaliesQuery(anomaliesOf(search)));
  useShortcuts({ j: () => moveFocus(1), k: () => moveFocus(-1) });
  const state = search.get('state') === 'closed' ? 'closed' : 'open';
  const counts = query.data?.counts;
  return (
    <>
      <PaymentsNav />
      <PageTitle title={t('finance:anomalies.title')} />
      <nav className="backoffice-states" aria-label={t('finance:orders.states')}>
        {states.map((one) => (
          <Link
            key={one}
            to={{ search: withFilter(search, 'state', one === 'open' ? '' : one).toString() }}
            aria-current={one === state ? 'page' : undefined}
          >
            {t(`finance:anomalies.${one}`)}
            {counts ? (
              <span className="backoffice-count rnoce-tabular">{formatCount(counts[one])}</span>
            ) : null}
          </Link>
        ))}
      </nav>
      <search className="backoffice-filters finance-filters finance-filters-few rnoce-no-print">
        <SelectFilter
          label={t('finance:anomalies.kind')}
          first={t('finance:anomalies.all-kinds')}
          value={search.get('kind') ?? ''}
          choices={anomalyKinds.map((kind) => [kind, t(`finance:anomaly.${kind}`)])}
          onChange={(value) =>
            setSearch((before) => withFilter(before, 'kind', value), { preventScrollReset: true })
          }
        />
      </search>
      <QueryState query={query} lines={6}>
        {({ items, total, page, pageSize }) => (
          <div aria-busy={query.isPlaceholderData || undefined} className="backoffice-queue-body">
            {items.length === 0 ? (
              <EmptyState title={t('finance:anomalies.empty')}>
                <p>{t('finance:anomalies.empty-detail')}</p>
              </EmptyState>
            ) : (
              <AnomalyTable items={items} caption={t('finance:anomalies.title')} />
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

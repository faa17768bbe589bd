import { anomalyKinds } from '@rnoce/schemas/reconciliation';
import { warm } from '@rnoce/shell/query-client';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { useQuery } from '@tanstack/react-query';
import { anomaliesQuery } from '../../api/finance-queries.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { useListFilters } from '../../lists/list-filters.ts';
import { ListKeys } from '../../lists/list-keys.tsx';
import { SelectFilter } from '../../lists/select-filter.tsx';
import { StateLinks } from '../../lists/state-links.tsx';
import { AnomalyTable } from './anomaly-table.tsx';
import { anomaliesOf } from './finance-address.ts';
import { PaymentsNav } from './payments-nav.tsx';

export const loader = ({ request }: { request: Request }) =>
  warm(anomaliesQuery(anomaliesOf(new URL(request.url).searchParams)));
export const shouldRevalidate = () => false;

/** What a person must look at: doubtful money, silence, gaps with the providers' files. */
export function Component() {
  const t = useT();
  const filters = useListFilters();
  const { search } = filters;
  const query = useQuery(anomaliesQuery(anomaliesOf(search)));
  const counts = query.data?.counts;
  return (
    <>
      <PaymentsNav />
      <PageTitle title={t('finance:anomalies.title')} />
      <StateLinks
        search={search}
        name="state"
        label={t('finance:orders.states')}
        states={(['open', 'closed'] as const).map((state) => ({
          value: state,
          text: t(`finance:anomalies.${state}`),
          count: counts?.[state],
        }))}
        chosen={search.get('state') === 'closed' ? 'closed' : 'open'}
      />
      <search className="backoffice-filters rnoce-no-print">
        <SelectFilter
          filters={filters}
          name="kind"
          label={t('finance:anomalies.kind')}
          first={t('finance:anomalies.all-kinds')}
          choices={anomalyKinds.map((kind) => [kind, t(`finance:anomaly.${kind}`)])}
        />
      </search>
      <ListBody
        query={query}
        lines={6}
        empty={{ title: t('finance:anomalies.empty'), detail: t('finance:anomalies.empty-detail') }}
        pages={t('finance:pages.label')}
      >
        {(items) => <AnomalyTable items={items} caption={t('finance:anomalies.title')} />}
      </ListBody>
      <ListKeys />
    </>
  );
}

import { formatCount, formatDate, formatDateTime } from '@rnoce/i18n';
import type { SettlementReport } from '@rnoce/schemas/reconciliation';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from 'react-router';
import { fileQuery } from '../../api/finance-queries.ts';
import { paths } from '../../paths.ts';
import { BackLink } from '../../records/back-link.tsx';
import { Facts } from '../../records/facts.tsx';
import { AnomalyTable } from './anomaly-table.tsx';
import { PaymentsNav } from './payments-nav.tsx';
import { providerName } from './words.tsx';

export const loader = ({ params }: { params: { id?: string } }) => warm(fileQuery(params.id ?? ''));

/** A provider's file beside our books: what is alike, what isn't, what couldn't be read. */
export function Component() {
  const t = useT();
  const { id = '' } = useParams();
  const query = useQuery(fileQuery(id));
  return (
    <>
      <PaymentsNav />
      <BackLink to={paths.files}>{t('finance:report.back')}</BackLink>
      <QueryState query={query} lines={6}>
        {(report) => <Report report={report} />}
      </QueryState>
    </>
  );
}

function Report({ report }: { report: SettlementReport }) {
  const t = useT();
  const find = useFindMessage();
  const state: unknown = useLocation().state;
  const repeated =
    typeof state === 'object' && state !== null && 'repeated' in state && state.repeated === true;
  return (
    <div className="finance-report rnoce-list-room">
      <PageTitle
        title={t('finance:report.title', {
          provider: providerName(t, report.provider),
          day: formatDate(report.day),
        })}
      />
      {repeated ? (
        <Notice tone="info" live="polite">
          <p>{t('finance:report.repeated')}</p>
        </Notice>
      ) : null}
      <section className="record-card">
        <Facts
          facts={[
            [t('finance:files.rows'), formatCount(report.rows)],
            [t('finance:files.matched'), formatCount(report.matched)],
            [t('finance:files.gaps'), formatCount(report.gaps)],
            [t('finance:files.faults'), formatCount(report.faults.length)],
            [t('finance:files.given'), <bdi key="given">{formatDateTime(report.createdAt)}</bdi>],
            [t('finance:files.given-by'), report.givenBy],
          ]}
        />
      </section>
      {report.faults.length > 0 ? (
        <Notice tone="warning" title={t('finance:files.faults')}>
          <p>{t('finance:report.incomplete')}</p>
          <ul>
            {report.faults.map(({ line, reason }) => (
              <li key={line}>
                {t('finance:report.line', { line, reason: find(`finance:fault.${reason}`) ?? reason })}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <h2>{t('finance:files.gaps')}</h2>
      {report.anomalies.length === 0 ? (
        <Notice tone="success">
          <p>{t('finance:gap.none')}</p>
        </Notice>
      ) : (
        <AnomalyTable items={report.anomalies} caption={t('finance:files.gaps')} />
      )}
    </div>
  );
}

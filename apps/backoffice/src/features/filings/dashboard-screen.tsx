import { formatCount, formatDate } from '@rnoce/i18n';
import type { FilingStatistics } from '@rnoce/schemas/filing-statistics';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { useQuery } from '@tanstack/react-query';
import { statisticsQuery } from '../../api/queries.ts';
import { Age } from '../../lists/age.tsx';
import { BarChart } from './bar-chart.tsx';
import './dashboard.css';

export const loader = () => warm(statisticsQuery);

/** Volumes, delays and causes over the last weeks (spec/interface.md, agents' queue). */
export function Component() {
  const t = useT();
  const query = useQuery(statisticsQuery);
  return (
    <>
      <PageTitle title={t('desk:dashboard.title')} />
      <QueryState query={query} lines={6}>
        {(statistics) => <Statistics statistics={statistics} />}
      </QueryState>
    </>
  );
}

function Statistics({
  statistics: { weeks, delayHours, causes, waiting },
}: {
  statistics: FilingStatistics;
}) {
  const t = useT();
  const hours = (value: number | null): string => {
    if (value === null) return '–';
    if (value < 48) return t('desk:dashboard.hours', { value: formatCount(Math.round(value)) });
    return t('desk:dashboard.days', { value: formatCount(Math.round(value / 24)) });
  };
  const starts = weeks.map(({ week }) => formatDate(week));
  return (
    <>
      <dl className="backoffice-measures">
        <Measure name={t('desk:dashboard.waiting')} value={formatCount(waiting.total)} />
        <Measure
          name={t('desk:dashboard.overdue')}
          value={formatCount(waiting.overdue)}
          danger={waiting.overdue > 0}
        />
        <Measure
          name={t('desk:dashboard.oldest')}
          value={waiting.oldestAt === null ? '–' : <Age since={waiting.oldestAt} />}
        />
        <Measure name={t('desk:dashboard.median')} value={hours(delayHours.median)} />
        <Measure name={t('desk:dashboard.p90')} value={hours(delayHours.p90)} />
      </dl>
      <div className="backoffice-charts">
        <BarChart
          title={t('desk:dashboard.volumes')}
          categoryName={t('desk:dashboard.week')}
          categories={starts}
          format={formatCount}
          series={[
            { name: t('desk:dashboard.submitted'), values: weeks.map(({ submitted }) => submitted) },
            { name: t('desk:dashboard.validated'), values: weeks.map(({ validated }) => validated) },
            { name: t('desk:dashboard.returned'), values: weeks.map(({ returned }) => returned) },
          ]}
        />
        <BarChart
          title={t('desk:dashboard.delays')}
          categoryName={t('desk:dashboard.week')}
          categories={starts}
          format={(value) => formatCount(Math.round(value))}
          series={[
            {
              name: t('desk:dashboard.median-hours'),
              values: weeks.map(({ medianHours }) => medianHours),
            },
          ]}
        />
        <Causes causes={causes} weeks={starts} />
      </div>
    </>
  );
}

function Measure({
  name,
  value,
  danger = false,
}: {
  name: string;
  value: React.ReactNode;
  danger?: boolean;
}) {
  return (
    <div data-danger={danger || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The causes of return, the most frequent first; a row's small bars are its weeks. */
function Causes({ causes, weeks }: { causes: FilingStatistics['causes']; weeks: readonly string[] }) {
  const t = useT();
  const most = Math.max(1, ...causes.map(({ count }) => count));
  const mostInWeek = Math.max(1, ...causes.flatMap((cause) => cause.weeks));
  return (
    <section className="backoffice-chart">
      <h2>{t('desk:dashboard.causes')}</h2>
      {causes.length === 0 ? (
        <EmptyState title={t('desk:dashboard.no-cause')} />
      ) : (
        <table className="backoffice-causes">
          <thead>
            <tr>
              <th scope="col">{t('desk:dashboard.cause')}</th>
              <th scope="col">{t('desk:dashboard.count')}</th>
              <th scope="col" className="backoffice-trend">
                {t('desk:dashboard.trend', { from: weeks[0] ?? '', to: weeks.at(-1) ?? '' })}
              </th>
            </tr>
          </thead>
          <tbody>
            {causes.map((cause) => (
              <tr key={cause.cause}>
                <th scope="row">{t(`reference:cause.${cause.cause}`)}</th>
                <td>
                  <span className="backoffice-cause-count rnoce-tabular">{formatCount(cause.count)}</span>
                  <span
                    className="backoffice-cause-bar"
                    style={{ inlineSize: `${(cause.count / most) * 70}%` }}
                    aria-hidden
                  />
                </td>
                <td className="backoffice-trend">
                  <svg viewBox={`0 0 ${cause.weeks.length * 10} 24`} aria-hidden>
                    {cause.weeks.map((count, week) => {
                      const bar = (count / mostInWeek) * 22;
                      return <rect key={weeks[week]} x={week * 10} y={23 - bar} width="7" height={bar + 1} />;
                    })}
                  </svg>
                  <span className="rnoce-visually-hidden">{cause.weeks.join(', ')}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

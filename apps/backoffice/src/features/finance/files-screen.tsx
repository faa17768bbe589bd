import { formatCount, formatDate, formatDateTime } from '@rnoce/i18n';
import type { SettlementFile } from '@rnoce/schemas/reconciliation';
import { PageLinks } from '@rnoce/shell/page-links';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { filesQuery } from '../../api/finance-queries.ts';
import { useRowKeys } from '../../lists/list-keys.tsx';
import { paths } from '../../paths.ts';
import { GiveFile } from './give-file.tsx';
import { PaymentsNav } from './payments-nav.tsx';
import { providerName } from './words.tsx';

const pageOf = (search: URLSearchParams): number => {
  const page = Number(search.get('page'));
  return Number.isInteger(page) && page > 0 ? page : 1;
};

export const loader = ({ request }: { request: Request }) =>
  warm(filesQuery(pageOf(new URL(request.url).searchParams)));
export const shouldRevalidate = () => false;

/** The providers' daily files: those that are missing, giving one, and what each showed. */
export function Component() {
  const t = useT();
  const [search] = useSearchParams();
  const query = useQuery(filesQuery(pageOf(search)));
  useRowKeys();
  return (
    <>
      <PaymentsNav />
      <PageTitle title={t('finance:files.title')} />
      <QueryState query={query} lines={6}>
        {({ items, total, page, pageSize, providers, missing }) => (
          <div
            aria-busy={query.isPlaceholderData || undefined}
            className="backoffice-queue-body rnoce-list-room"
          >
            {missing.length === 0 ? null : (
              <Notice tone="warning" title={t('finance:files.missing')}>
                <dl className="finance-missing">
                  {[...Map.groupBy(missing, ({ provider }) => provider)].map(([provider, days]) => (
                    <div key={provider}>
                      <dt>{providerName(t, provider)}</dt>
                      {days.map(({ day }) => (
                        <dd key={day} className="rnoce-tabular" dir="ltr">
                          {formatDate(day)}
                        </dd>
                      ))}
                    </div>
                  ))}
                </dl>
              </Notice>
            )}
            <GiveFile providers={providers} />
            {items.length === 0 ? (
              <EmptyState title={t('finance:files.empty')}>
                <p>{t('finance:files.empty-detail')}</p>
              </EmptyState>
            ) : (
              <FilesTable items={items} />
            )}
            <PageLinks
              page={page}
              pages={Math.ceil(total / pageSize)}
              label={t('finance:pages.label')}
              to={(number) => ({ search: number === 1 ? '' : `page=${number}` })}
            />
          </div>
        )}
      </QueryState>
    </>
  );
}

function FilesTable({ items }: { items: readonly SettlementFile[] }) {
  const t = useT();
  const heads = {
    day: t('finance:files.day'),
    provider: t('finance:files.provider'),
    rows: t('finance:files.rows'),
    matched: t('finance:files.matched'),
    gaps: t('finance:files.gaps'),
    faults: t('finance:files.faults'),
    given: t('finance:files.given'),
    by: t('finance:files.given-by'),
  };
  return (
    <ListTable caption={t('finance:files.title')} heads={heads}>
      {items.map((file) => (
        <tr key={file.id}>
          <th scope="row">
            <Link
              to={paths.file(file.id)}
              data-row
              aria-label={t('finance:files.open-name', {
                provider: providerName(t, file.provider),
                day: formatDate(file.day),
              })}
            >
              <bdi className="rnoce-tabular">{formatDate(file.day)}</bdi>
            </Link>
          </th>
          <td data-label={heads.provider}>{providerName(t, file.provider)}</td>
          <td data-label={heads.rows} className="rnoce-tabular">
            {formatCount(file.rows)}
          </td>
          <td data-label={heads.matched} className="rnoce-tabular">
            {formatCount(file.matched)}
          </td>
          <td data-label={heads.gaps}>
            <StatusBadge tone={file.gaps === 0 ? 'success' : 'warning'}>{formatCount(file.gaps)}</StatusBadge>
          </td>
          <td data-label={heads.faults} className="rnoce-tabular">
            {formatCount(file.faults.length)}
          </td>
          <td data-label={heads.given}>
            <bdi className="rnoce-tabular">{formatDateTime(file.createdAt)}</bdi>
          </td>
          <td data-label={heads.by}>
            <bdi>{file.givenBy}</bdi>
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

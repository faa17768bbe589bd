import { formatCount } from '@rnoce/i18n';
import type { ManagedIssuer } from '@rnoce/schemas/issuers';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { managedIssuerQuery } from '../../api/administration-queries.ts';
import { paths } from '../../paths.ts';
import { AdministrationHistory } from '../../records/administration-history.tsx';
import { BackLink } from '../../records/back-link.tsx';
import { Facts } from '../../records/facts.tsx';
import { Moment } from '../../records/moment.tsx';
import { isUnknown } from '../../records/unknown.ts';
import { UnknownRecord } from '../../records/unknown-record.tsx';
import { IssuerActs } from './issuer-acts.tsx';
import { IssuerBadge } from './words.tsx';

export const loader = ({ params: { code = '' } }: { params: { code?: string } }) =>
  warm(managedIssuerQuery(code));

/** An issuer: the name that payers read, what it is owed, whose programs publish for it, and what administrators did about it. */
export function Component() {
  const t = useT();
  const { code = '' } = useParams();
  const query = useQuery(managedIssuerQuery(code));
  return (
    <>
      <BackLink to={paths.issuers}>{t('administration:issuer.back')}</BackLink>
      {isUnknown(query) ? (
        <UnknownRecord
          title={t('administration:issuer.unknown')}
          detail={t('administration:issuer.unknown-detail')}
        />
      ) : (
        <QueryState query={query} lines={8}>
          {(issuer) => <One issuer={issuer} />}
        </QueryState>
      )}
    </>
  );
}

function One({ issuer }: { issuer: ManagedIssuer }) {
  const t = useT();
  return (
    <div className="record-page">
      <div className="record-title">
        <PageTitle title={issuer.name}>
          <bdi>{issuer.name}</bdi>
        </PageTitle>
        <IssuerBadge active={issuer.active} />
      </div>
      {issuer.active ? null : (
        <Notice tone="warning">
          <p>{t('administration:issuer.suspended-detail')}</p>
        </Notice>
      )}
      <section className="record-card">
        <Facts
          facts={[
            [
              t('administration:issuer.code'),
              <bdi key="code" className="rnoce-code">
                {issuer.code}
              </bdi>,
            ],
            [
              t('administration:issuer.unpaid'),
              <bdi key="unpaid" className="rnoce-tabular">
                {formatCount(issuer.unpaidInvoices)}
              </bdi>,
            ],
            [t('administration:issuer.integrators'), <IntegratorsOf key="integrators" issuer={issuer} />],
            [t('administration:issuer.created'), <Moment key="created" at={issuer.createdAt} />],
          ]}
        />
        <IssuerActs issuer={issuer} />
      </section>
      <AdministrationHistory subject={{ issuer: issuer.code }} />
    </div>
  );
}

function IntegratorsOf({ issuer: { code, integrators } }: { issuer: ManagedIssuer }) {
  const t = useT();
  if (integrators === 0) return <>{t('administration:issuer.no-integrator')}</>;
  const search = new URLSearchParams({ kind: 'issuer', q: code }).toString();
  return (
    <Link to={{ pathname: paths.integrators, search }}>
      {t('administration:issuer.see-integrators', { count: integrators })}
    </Link>
  );
}

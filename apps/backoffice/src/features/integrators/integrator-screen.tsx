import { languageNames } from '@rnoce/i18n';
import type { Integrator } from '@rnoce/schemas/integrators';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { endpointsQuery, integratorQuery, keysQuery } from '../../api/integrator-queries.ts';
import { paths } from '../../paths.ts';
import { AdministrationHistory } from '../../records/administration-history.tsx';
import { BackLink } from '../../records/back-link.tsx';
import { Facts } from '../../records/facts.tsx';
import { Moment } from '../../records/moment.tsx';
import { isUnknown } from '../../records/unknown.ts';
import { UnknownRecord } from '../../records/unknown-record.tsx';
import { EndpointsSection } from './endpoints-section.tsx';
import { IntegratorActs } from './integrator-acts.tsx';
import { KeysSection } from './keys-section.tsx';
import { IntegratorBadge, ownerName } from './words.tsx';
import './integrators.css';

export const loader = ({ params: { id = '' } }: { params: { id?: string } }) =>
  warm(integratorQuery(id), keysQuery(id), endpointsQuery(id));

/** An integrator: whose programs, its keys, and where it is told what happens. */
export function Component() {
  const t = useT();
  const { id = '' } = useParams();
  const query = useQuery(integratorQuery(id));
  return (
    <>
      <BackLink to={paths.integrators}>{t('integrators:one.back')}</BackLink>
      {isUnknown(query) ? (
        <UnknownRecord title={t('integrators:one.unknown')} detail={t('integrators:one.unknown-detail')} />
      ) : (
        <QueryState query={query} lines={8}>
          {(integrator) => <One integrator={integrator} />}
        </QueryState>
      )}
    </>
  );
}

function One({ integrator }: { integrator: Integrator }) {
  const t = useT();
  const { operator } = integrator;
  return (
    <div className="record-page">
      <div className="record-title">
        <PageTitle title={integrator.name}>
          <bdi>{integrator.name}</bdi>
        </PageTitle>
        <IntegratorBadge active={integrator.active} />
      </div>
      {integrator.active ? null : (
        <Notice tone="warning">
          <p>{t('integrators:one.suspended-detail')}</p>
        </Notice>
      )}
      <section className="record-card">
        <Facts
          facts={[
            [t(`integrators:kind.${integrator.kind}`), <bdi key="owner">{ownerName(t, integrator)}</bdi>],
            [
              t('integrators:new.subscription-code'),
              operator && <bdi className="rnoce-code">{operator.subscriptionCode}</bdi>,
            ],
            [t('integrators:one.email'), <bdi key="email">{integrator.email}</bdi>],
            [t('integrators:one.locale'), languageNames[integrator.locale]],
            [t('integrators:one.created'), <Moment key="created" at={integrator.createdAt} />],
          ]}
        />
        <IntegratorActs integrator={integrator} />
      </section>
      <KeysSection integrator={integrator} />
      <EndpointsSection integrator={integrator} />
      <AdministrationHistory subject={{ integratorId: integrator.id }} />
    </div>
  );
}

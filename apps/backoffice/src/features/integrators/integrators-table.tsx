import { formatCount } from '@rnoce/i18n';
import { type Integrator, maxLiveKeys } from '@rnoce/schemas/integrators';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { Age } from '../../lists/age.tsx';
import { paths } from '../../paths.ts';
import { IntegratorBadge, ownerName } from './words.tsx';
import '../../lists/facts.css';

/** The rows of the integrators. */
export function IntegratorsTable({ items, caption }: { items: readonly Integrator[]; caption: string }) {
  const t = useT();
  const heads = {
    name: t('integrators:list.name'),
    owner: t('integrators:one.for'),
    keys: t('integrators:list.keys'),
    lastUsed: t('integrators:list.last-used'),
    endpoints: t('integrators:list.endpoints'),
    state: t('integrators:list.state'),
  };
  return (
    <ListTable caption={caption} heads={heads}>
      {items.map((integrator) => (
        <tr key={integrator.id}>
          <th scope="row">
            <Link to={paths.integrator(integrator.id)} data-row>
              <bdi>{integrator.name}</bdi>
            </Link>
            <bdi className="backoffice-under">{integrator.email}</bdi>
          </th>
          <td data-label={heads.owner}>
            <Owner of={integrator} />
          </td>
          <td data-label={heads.keys}>
            <bdi className="rnoce-tabular">
              {t('integrators:list.keys-of', { count: integrator.liveKeys, max: maxLiveKeys })}
            </bdi>
          </td>
          <td data-label={heads.lastUsed}>
            {integrator.lastUsedAt === null ? t('desk:never') : <Age since={integrator.lastUsedAt} />}
          </td>
          <td data-label={heads.endpoints}>
            <Endpoints of={integrator} />
          </td>
          <td data-label={heads.state}>
            <IntegratorBadge active={integrator.active} />
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

function Owner({ of: integrator }: { of: Integrator }) {
  const t = useT();
  return (
    <span>
      <bdi>{ownerName(t, integrator)}</bdi>
      <span className="backoffice-under">{t(`integrators:kind.${integrator.kind}`)}</span>
    </span>
  );
}

function Endpoints({ of: { webhooks } }: { of: Integrator }) {
  const t = useT();
  const total = webhooks.enabled + webhooks.disabled;
  if (total === 0) return <span aria-hidden>–</span>;
  if (webhooks.disabled === 0) return <span className="rnoce-tabular">{formatCount(total)}</span>;
  return (
    <StatusBadge tone="warning">
      {t('integrators:list.endpoints-disabled', { disabled: webhooks.disabled, total })}
    </StatusBadge>
  );
}

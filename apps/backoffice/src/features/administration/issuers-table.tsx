import { formatCount } from '@rnoce/i18n';
import type { ManagedIssuer } from '@rnoce/schemas/issuers';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { IssuerBadge } from './words.tsx';
import '../../lists/facts.css';

/** The rows of the issuers. */
export function IssuersTable({ items }: { items: readonly ManagedIssuer[] }) {
  const t = useT();
  const heads = {
    name: t('administration:issuer.title'),
    unpaid: t('administration:issuer.unpaid'),
    integrators: t('administration:issuer.integrators'),
    state: t('administration:list.state'),
  };
  return (
    <ListTable caption={t('administration:issuers.title')} heads={heads}>
      {items.map((issuer) => (
        <tr key={issuer.code}>
          <th scope="row">
            <Link to={paths.issuer(issuer.code)} data-row>
              <bdi>{issuer.name}</bdi>
            </Link>
            <bdi className="backoffice-under rnoce-code">{issuer.code}</bdi>
          </th>
          <td data-label={heads.unpaid}>
            <bdi className="rnoce-tabular">{formatCount(issuer.unpaidInvoices)}</bdi>
          </td>
          <td data-label={heads.integrators}>
            <bdi className="rnoce-tabular">{formatCount(issuer.integrators)}</bdi>
          </td>
          <td data-label={heads.state}>
            <IssuerBadge active={issuer.active} />
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

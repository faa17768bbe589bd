import { formatDay } from '@rnoce/i18n';
import type { CustomsRequestRow } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { Link } from 'react-router';
import { Age } from '../../lists/age.tsx';
import { Due } from '../../lists/due.tsx';
import { paths } from '../../paths.ts';
import { RequestStatus } from './request-status.tsx';
import '../../lists/facts.css';

/** The rows of the queue of operations. On a phone each row becomes a card, its cells named by `data-label`. */
export function OperationsTable({
  items,
  caption,
}: {
  items: readonly CustomsRequestRow[];
  caption: string;
}) {
  const t = useT();
  const heads = {
    operator: t('desk:queue.operator'),
    operation: t('operations-desk:queue.operation'),
    reference: t('operations-desk:queue.reference'),
    submitted: t('operations-desk:queue.submitted'),
    due: t('desk:queue.due'),
    status: t('desk:queue.status'),
  };
  return (
    <ListTable caption={caption} heads={heads}>
      {items.map((request) => (
        <tr key={request.id}>
          <th scope="row">
            <Link to={paths.operation(request.id)} data-row>
              <bdi>{request.legalName}</bdi>
            </Link>
            <span className="backoffice-under">
              <abbr title={t('reference:company.ice')}>ICE</abbr>{' '}
              <bdi className="rnoce-code">{request.ice}</bdi>
            </span>
          </th>
          <td data-label={heads.operation}>
            <span>
              {t(`operations-desk:type.${request.type}`)}
              <span className="backoffice-under">{t(`reference:operator-type.${request.operatorType}`)}</span>
            </span>
          </td>
          <td data-label={heads.reference}>
            <bdi className="rnoce-code operations-reference">{request.reference}</bdi>
          </td>
          <td data-label={heads.submitted}>
            {request.submittedAt === null ? null : (
              <span>
                <Age since={request.submittedAt} />
                <span className="backoffice-under rnoce-tabular">
                  <bdi>{formatDay(request.submittedAt)}</bdi>
                </span>
              </span>
            )}
          </td>
          <td data-label={heads.due}>
            <Due dueAt={request.status === 'in_review' ? request.dueAt : null} />
          </td>
          <td data-label={heads.status}>
            <RequestStatus request={request} />
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

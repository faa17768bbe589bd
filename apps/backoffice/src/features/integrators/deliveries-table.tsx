import { formatCount } from '@rnoce/i18n';
import type { WebhookDelivery, WebhookEndpoint } from '@rnoce/schemas/webhooks';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { Moment } from '../../records/moment.tsx';
import { attemptOutcome, DeliveryBadge } from './words.tsx';
import '../../lists/facts.css';

/** The rows of a journal, each leading to what was sent. */
export function DeliveriesTable({
  endpoint: { id, integratorId },
  items,
}: {
  endpoint: WebhookEndpoint;
  items: readonly WebhookDelivery[];
}) {
  const t = useT();
  const heads = {
    type: t('integrators:journal.type'),
    status: t('integrators:journal.status'),
    created: t('integrators:journal.created'),
    tries: t('integrators:journal.tries'),
    last: t('integrators:journal.last'),
    next: t('integrators:journal.next'),
  };
  return (
    <ListTable caption={t('integrators:journal.title')} heads={heads}>
      {items.map((delivery) => (
        <tr key={delivery.id}>
          <th scope="row">
            <Link to={paths.delivery(integratorId, id, delivery.id)} data-row>
              {t(`integrators:event.${delivery.type}`)}
            </Link>
            <bdi className="backoffice-under rnoce-code">{delivery.type}</bdi>
          </th>
          <td data-label={heads.status}>
            <DeliveryBadge status={delivery.status} />
          </td>
          <td data-label={heads.created}>
            <Moment at={delivery.createdAt} />
          </td>
          <td data-label={heads.tries}>
            <span className="rnoce-tabular">{formatCount(delivery.tries)}</span>
          </td>
          <td data-label={heads.last}>
            {delivery.lastAttempt === null ? (
              <span aria-hidden>–</span>
            ) : (
              <span>
                {attemptOutcome(t, delivery.lastAttempt)}
                <span className="backoffice-under">
                  <Moment at={delivery.lastAttempt.at} />
                </span>
              </span>
            )}
          </td>
          <td data-label={heads.next}>
            {delivery.nextTryAt === null ? <span aria-hidden>–</span> : <Moment at={delivery.nextTryAt} />}
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

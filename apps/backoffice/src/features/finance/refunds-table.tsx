import type { Refund } from '@rnoce/schemas/finance';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { Link } from 'react-router';
import { Age } from '../../lists/age.tsx';
import { paths } from '../../paths.ts';
import { Owner, RefundLate } from './refund-facts.tsx';
import { Money, providerName } from './words.tsx';

/** The rows of the refunds. */
export function RefundsTable({ items }: { items: readonly Refund[] }) {
  const t = useT();
  const heads = {
    order: t('finance:orders.number'),
    amount: t('finance:amount.column'),
    provider: t('finance:files.provider'),
    cause: t('finance:refunds.cause'),
    age: t('finance:refunds.age'),
    owner: t('finance:refunds.owner'),
    email: t('finance:refunds.email'),
  };
  return (
    <ListTable caption={t('finance:refunds.title')} heads={heads} amounts={['amount']}>
      {items.map((refund) => (
        <tr key={refund.id}>
          <th scope="row">
            <Link to={paths.order(refund.order.id)} data-row>
              <bdi className="rnoce-code">{refund.order.number}</bdi>
            </Link>
            <bdi className="backoffice-under">{refund.issuer.name}</bdi>
          </th>
          <td data-label={heads.amount} data-amount>
            <Money amount={refund.amount} />
          </td>
          <td data-label={heads.provider}>
            <span>
              {providerName(t, refund.provider)}
              <span className="backoffice-under">{t(`reference:paymentChannel.${refund.channel}`)}</span>
            </span>
          </td>
          <td data-label={heads.cause}>{t(`reference:paymentCause.${refund.cause}`)}</td>
          <td data-label={heads.age}>
            <RefundAge refund={refund} />
          </td>
          <td data-label={heads.owner}>
            <Owner refund={refund} />
          </td>
          <td data-label={heads.email}>
            {refund.payerEmail === null ? <span aria-hidden>–</span> : <bdi>{refund.payerEmail}</bdi>}
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

function RefundAge({ refund }: { refund: Refund }) {
  const t = useT();
  if (refund.status === 'refunded')
    return (
      <span>
        <StatusBadge tone="success">{t('finance:refund.done')}</StatusBadge>
        {refund.recordedBy === null ? null : (
          <span className="backoffice-under">
            {t('finance:refund.recorded-by', { name: refund.recordedBy })}
          </span>
        )}
        {refund.proof === null ? null : (
          <bdi className="backoffice-under">{t('finance:refund.proof', { proof: refund.proof })}</bdi>
        )}
      </span>
    );
  return (
    <span>
      <Age since={refund.dueSince} /> <RefundLate refund={refund} />
      {refund.gateway === 'requested' ? (
        <span className="backoffice-under">{t('finance:refund.asked')}</span>
      ) : null}
    </span>
  );
}

import { formatDateTime } from '@rnoce/i18n';
import type { FinanceOrderRow } from '@rnoce/schemas/finance';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { Money, OrderBadge } from './words.tsx';

/** Numbers of invoices that a row has room for. */
const shownInvoices = 2;

/** The rows of the orders. On a phone each row becomes a card, its cells named by `data-label`. */
export function OrdersTable({ items }: { items: readonly FinanceOrderRow[] }) {
  const t = useT();
  const heads = {
    number: t('finance:orders.number'),
    client: t('finance:order.client'),
    issuer: t('finance:order.issuer'),
    invoices: t('finance:orders.invoices'),
    method: t('finance:order.method'),
    created: t('finance:orders.created'),
    amount: t('finance:amount.column'),
    status: t('finance:order.state'),
  };
  return (
    <ListTable caption={t('finance:orders.title')} heads={heads} amounts={['amount']}>
      {items.map((order) => (
        <tr key={order.id}>
          <th scope="row">
            <Link to={paths.order(order.id)} data-row>
              <bdi className="rnoce-code">{order.number}</bdi>
            </Link>
            {order.receiptNumber === null ? null : (
              <bdi className="backoffice-under rnoce-code">{order.receiptNumber}</bdi>
            )}
          </th>
          <td data-label={heads.client}>
            <bdi>
              {order.clientName}
              <span className="backoffice-under rnoce-code">{order.clientCodes.join(' ')}</span>
            </bdi>
          </td>
          <td data-label={heads.issuer}>
            <bdi>{order.issuer.name}</bdi>
          </td>
          <td data-label={heads.invoices}>
            <span>
              <bdi className="rnoce-code">{order.invoiceNumbers.slice(0, shownInvoices).join(' ')}</bdi>
              {order.invoiceNumbers.length > shownInvoices ? (
                <span className="backoffice-under">
                  {t('finance:orders.more-invoices', {
                    count: order.invoiceNumbers.length - shownInvoices,
                  })}
                </span>
              ) : null}
            </span>
          </td>
          <td data-label={heads.method}>
            <span>
              {t(`reference:paymentMethod.${order.method}`)}
              <span className="backoffice-under">{t(`reference:paymentChannel.${order.channel}`)}</span>
            </span>
          </td>
          <td data-label={heads.created}>
            <time dateTime={order.createdAt} className="rnoce-tabular" dir="ltr">
              {formatDateTime(order.createdAt)}
            </time>
          </td>
          <td data-label={heads.amount} data-amount>
            <Money amount={order.amount} />
          </td>
          <td data-label={heads.status}>
            <OrderBadge status={order.status} />
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

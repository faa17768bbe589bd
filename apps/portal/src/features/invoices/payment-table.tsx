import { formatAmount, formatDay } from '@rnoce/i18n';
import { orderPath, paymentBase } from '@rnoce/schemas/payment-paths';
import { orderStates } from '@rnoce/schemas/payment-states';
import { getReceipt, type OwnPayment } from '@rnoce/schemas/payments';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconDownload } from '@tabler/icons-react';
import { client } from '../../session/session.ts';

/** Payments of the operator's invoices, whoever made them, each with its receipt once it is paid. */
export function PaymentTable({ items }: { items: readonly OwnPayment[] }) {
  const t = useT();
  const { locale } = useLocale();
  const heads = {
    order: t('invoices:order'),
    date: t('invoices:date'),
    issuer: t('invoices:issuer'),
    numbers: t('invoices:numbers'),
    method: t('invoices:method'),
    amount: t('invoices:amount'),
    status: t('invoices:state'),
    receipt: t('invoices:receipt'),
  };
  return (
    <ListTable caption={t('invoices:payments')} heads={heads} amounts={['amount']}>
      {items.map((payment) => (
        <tr key={payment.id}>
          <th scope="row">
            <a
              href={`${paymentBase}${orderPath(payment.id)}`}
              aria-label={t('invoices:see-order', { number: payment.number })}
            >
              <bdi className="rnoce-code">{payment.number}</bdi>
            </a>
          </th>
          <td data-label={heads.date}>
            <bdi className="rnoce-tabular">{formatDay(payment.paidAt ?? payment.createdAt)}</bdi>
          </td>
          <td data-label={heads.issuer}>
            <bdi>{payment.issuer.name}</bdi>
          </td>
          <td data-label={heads.numbers}>
            <span className="portal-bill-numbers">
              {payment.lines.map(({ invoiceId, number }) => (
                <bdi key={invoiceId} className="rnoce-code">
                  {number}
                </bdi>
              ))}
            </span>
          </td>
          <td data-label={heads.method}>{t(`reference:paymentChannel.${payment.channel}`)}</td>
          <td data-label={heads.amount} data-amount>
            <bdi className="rnoce-tabular">{formatAmount(payment.amount)}</bdi>
          </td>
          <td data-label={heads.status}>
            <StatusBadge tone={orderStates[payment.status].tone}>
              {t(`reference:paymentStatus.${payment.status}`)}
            </StatusBadge>
          </td>
          <td data-label={heads.receipt}>
            {payment.receipt === null ? (
              <span aria-hidden>–</span>
            ) : (
              <a
                className="portal-bill-receipt"
                href={client.url(getReceipt, { params: { id: payment.id }, query: { locale } })}
                aria-label={t('common:action.download-name', { name: payment.receipt.number })}
                download
              >
                <IconDownload className="rnoce-icon" aria-hidden />
                {t('common:action.download')}
              </a>
            )}
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

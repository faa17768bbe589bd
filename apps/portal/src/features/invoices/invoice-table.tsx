import { formatAmount, formatDate, formatDay } from '@rnoce/i18n';
import type { OwnInvoice } from '@rnoce/schemas/invoices';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { StatusBadge, type Tone } from '@rnoce/ui/status-badge';

const tones = { unpaid: 'info', paid: 'success', cancelled: 'neutral' } as const satisfies Record<
  OwnInvoice['status'],
  Tone
>;

function InvoiceStatus({ invoice }: { invoice: OwnInvoice }) {
  const t = useT();
  const { status, overdue, paidAt } = invoice;
  if (overdue) return <StatusBadge tone="warning">{t('invoices:status.overdue')}</StatusBadge>;
  return (
    <span className="portal-bill-status">
      <StatusBadge tone={tones[status]}>{t(`invoices:status.${status}`)}</StatusBadge>
      {paidAt === null ? null : (
        <span className="rnoce-hint">{t('invoices:paid-on', { date: formatDay(paidAt) })}</span>
      )}
    </span>
  );
}

/** The operator's invoices. On a phone each row becomes a card, its cells named by `data-label`. */
export function InvoiceTable({ items }: { items: readonly OwnInvoice[] }) {
  const t = useT();
  const heads = {
    number: t('invoices:number'),
    issuer: t('invoices:issuer'),
    client: t('invoices:client-code'),
    issued: t('invoices:issued'),
    due: t('invoices:due'),
    amount: t('invoices:amount'),
    status: t('invoices:state'),
  };
  return (
    <ListTable caption={t('invoices:title')} heads={heads} amounts={['amount']}>
      {items.map((invoice) => (
        <tr key={invoice.id}>
          <th scope="row">
            <bdi className="rnoce-code">{invoice.number}</bdi>
          </th>
          <td data-label={heads.issuer}>
            <bdi>{invoice.issuer.name}</bdi>
          </td>
          <td data-label={heads.client}>
            <bdi className="rnoce-code">{invoice.clientCode}</bdi>
          </td>
          <td data-label={heads.issued}>
            <bdi className="rnoce-tabular">{formatDate(invoice.issuedOn)}</bdi>
          </td>
          <td data-label={heads.due}>
            <bdi className="rnoce-tabular">{formatDate(invoice.dueOn)}</bdi>
          </td>
          <td data-label={heads.amount} data-amount>
            <bdi className="rnoce-tabular">{formatAmount(invoice.amount)}</bdi>
          </td>
          <td data-label={heads.status}>
            <InvoiceStatus invoice={invoice} />
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

import { formatAmount, formatDateTime } from '@rnoce/i18n/format';
import type { PaymentOrder } from '@rnoce/schemas';
import { useLanguage } from '../../language/use-language.ts';

/** The order itself: number, issuer, client, way of payment, and the invoices with their total. */
export function OrderFacts({ order }: { order: PaymentOrder }) {
  const { t } = useLanguage();
  return (
    <section className="card" aria-labelledby="order">
      <h2 id="order">{t('checkout:order.facts')}</h2>
      <dl className="facts">
        <dt>{t('checkout:order.number')}</dt>
        <dd className="code selectable">{order.number}</dd>
        <dt>{t('checkout:summary.issuer')}</dt>
        <dd>{order.issuer.name}</dd>
        <dt>{t('checkout:summary.client')}</dt>
        <dd>
          <bdi>{order.clientName}</bdi>
        </dd>
        <dt>{t('checkout:order.way')}</dt>
        <dd>
          {t(`checkout:channel.${order.channel}`)} ({t(`checkout:method.${order.method}`)})
        </dd>
        <dt>{t('checkout:order.created')}</dt>
        <dd className="code">{formatDateTime(order.createdAt)}</dd>
        {order.paidAt === null ? null : (
          <>
            <dt>{t('checkout:order.paid-at')}</dt>
            <dd className="code">{formatDateTime(order.paidAt)}</dd>
          </>
        )}
        {order.transactionNumber === null ? null : (
          <>
            <dt>{t('checkout:order.transaction')}</dt>
            <dd className="code selectable">{order.transactionNumber}</dd>
          </>
        )}
      </dl>
      <h3>{t('checkout:check.invoices', { count: order.lines.length })}</h3>
      <ul className="lines">
        {order.lines.map((line) => (
          <li key={line.invoiceId}>
            <span>
              <span className="code number">{line.number}</span>
              <span className="hint">
                <span className="code">{line.clientCode}</span>
              </span>
            </span>
            <span className="code">{formatAmount(line.amount)}</span>
          </li>
        ))}
      </ul>
      <p className="grand-total">
        <span>{t('checkout:summary.total')}</span>
        <strong className="code">{formatAmount(order.amount)}</strong>
      </p>
    </section>
  );
}

import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { inquireFinanceOrder } from '@rnoce/api-client/finance';
import { formatDate, formatDateTime } from '@rnoce/i18n';
import type { FinanceOrder } from '@rnoce/schemas/finance';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { forgetFinance, orderQuery } from '../../api/finance-queries.ts';
import { paths } from '../../paths.ts';
import { BackLink } from '../../records/back-link.tsx';
import { Facts } from '../../records/facts.tsx';
import { Fault } from '../../records/fault.tsx';
import { useAct } from '../../records/use-act.ts';
import { client } from '../../session/session.ts';
import { AnomalyTable } from './anomaly-table.tsx';
import { OrderAttempts } from './order-attempts.tsx';
import { OrderHistory, OrderMessages } from './order-history.tsx';
import { PaymentsNav } from './payments-nav.tsx';
import { RefundCard } from './refund-card.tsx';
import { Money, OrderBadge } from './words.tsx';
import '../../lists/facts.css';

export const loader = ({ params }: { params: { id?: string } }) => warm(orderQuery(params.id ?? ''));

/** An order: what is to be done, what happened, what the gateways said. */
export function Component() {
  const t = useT();
  const { id = '' } = useParams();
  const query = useQuery(orderQuery(id));
  const isUnknown = query.error instanceof ApiError && query.error.status === 404;
  return (
    <>
      <PaymentsNav />
      <BackLink to={paths.payments}>{t('finance:order.back')}</BackLink>
      {isUnknown ? (
        <EmptyState title={t('finance:order.unknown')}>
          <p>{t('finance:order.unknown-detail')}</p>
        </EmptyState>
      ) : (
        <QueryState query={query} lines={10}>
          {(order) => <Order order={order} />}
        </QueryState>
      )}
    </>
  );
}

function Order({ order }: { order: FinanceOrder }) {
  const t = useT();
  const time = (at: string | null) => at && <bdi className="rnoce-tabular">{formatDateTime(at)}</bdi>;
  return (
    <>
      <div className="record-title">
        <PageTitle title={t('finance:order.title', { number: order.number })} />
        <OrderBadge status={order.status} />
        {order.cause === null ? null : <span>{t(`reference:paymentCause.${order.cause}`)}</span>}
      </div>
      <div className="finance-order rnoce-list-room">
        <div>
          <section className="record-card">
            <Facts
              facts={[
                [t('finance:amount.column'), <Money key="amount" amount={order.amount} />],
                [t('finance:order.issuer'), order.issuer.name],
                [t('finance:order.client'), <bdi key="client">{order.clientName}</bdi>],
                [
                  t('finance:order.method'),
                  `${t(`reference:paymentMethod.${order.method}`)} · ${t(`reference:paymentChannel.${order.channel}`)}`,
                ],
                [t('finance:order.created'), time(order.createdAt)],
                [t('finance:order.paid'), time(order.paidAt)],
                [t('finance:order.closed'), order.paidAt === null ? time(order.closedAt) : null],
                [
                  t('finance:order.receipt'),
                  order.receiptNumber && <bdi className="rnoce-code">{order.receiptNumber}</bdi>,
                ],
                [t('finance:order.payer-email'), order.payerEmail && <bdi>{order.payerEmail}</bdi>],
              ]}
            />
            <Inquire order={order} />
          </section>
          {order.refunds.length > 0 ? (
            <section>
              <h2>{t('finance:order.refunds')}</h2>
              {order.refunds.map((refund) => (
                <RefundCard key={refund.id} refund={refund} />
              ))}
            </section>
          ) : null}
          {order.anomalies.length > 0 ? (
            <section>
              <h2>{t('finance:order.anomalies')}</h2>
              <AnomalyTable
                items={order.anomalies}
                caption={t('finance:order.anomalies')}
                withOrder={false}
              />
            </section>
          ) : null}
          <Lines order={order} />
          <OrderAttempts attempts={order.attempts} />
          <OrderMessages messages={order.messages} />
        </div>
        <OrderHistory history={order.history} />
      </div>
    </>
  );
}

/** « Interroger le prestataire »: what came of it is told in the page. */
function Inquire({ order }: { order: FinanceOrder }) {
  const t = useT();
  const { busy, fault, run } = useAct(forgetFinance);
  const [outcomes, setOutcomes] = useState<readonly string[]>([]);
  const ask = () =>
    run(async () => {
      setOutcomes([]);
      const { data } = await inquireFinanceOrder(client, { params: { id: order.id } });
      setOutcomes(
        data.attempts.map(({ reference, outcome }) => t(`finance:order.inquired.${outcome}`, { reference })),
      );
    });
  return (
    <>
      <div className="record-actions">
        <Button
          size="sm"
          variant="outline"
          loading={busy}
          leftSection={<IconRefresh className="rnoce-icon" aria-hidden />}
          onClick={ask}
        >
          {t('finance:order.inquire')}
        </Button>
      </div>
      {outcomes.length > 0 ? (
        <Notice tone="info" live="polite">
          {outcomes.map((outcome) => (
            <p key={outcome}>{outcome}</p>
          ))}
        </Notice>
      ) : null}
      <Fault text={fault} />
    </>
  );
}

function Lines({ order: { lines, settlements } }: { order: FinanceOrder }) {
  const t = useT();
  const heads = {
    invoice: t('finance:order.invoice'),
    code: t('finance:order.client-code'),
    issued: t('finance:order.issued-on'),
    due: t('finance:order.due-on'),
    amount: t('finance:amount.column'),
    status: t('finance:order.invoice-status'),
  };
  return (
    <section>
      <h2>{t('finance:order.lines')}</h2>
      <ListTable caption={t('finance:order.lines')} heads={heads} amounts={['amount']}>
        {lines.map((line) => (
          <tr key={line.invoiceId}>
            <th scope="row">
              <bdi className="rnoce-code">{line.number}</bdi>
              {settlements
                .filter(({ invoiceNumber }) => invoiceNumber === line.number)
                .map(({ attemptReference: reference, settledAt, releasedAt }) => (
                  <span key={settledAt} className="backoffice-under">
                    {t('finance:order.settled', { at: formatDateTime(settledAt), reference })}
                    {releasedAt === null
                      ? null
                      : ` · ${t('finance:order.released', { at: formatDateTime(releasedAt) })}`}
                  </span>
                ))}
            </th>
            <td data-label={heads.code}>
              <bdi className="rnoce-code">{line.clientCode}</bdi>
            </td>
            <td data-label={heads.issued}>
              <bdi className="rnoce-tabular">{formatDate(line.issuedOn)}</bdi>
            </td>
            <td data-label={heads.due}>
              <bdi className="rnoce-tabular">{formatDate(line.dueOn)}</bdi>
            </td>
            <td data-label={heads.amount} data-amount>
              <Money amount={line.amount} />
            </td>
            <td data-label={heads.status}>{t(`finance:order.invoice-status.${line.invoiceStatus}`)}</td>
          </tr>
        ))}
      </ListTable>
    </section>
  );
}

import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { checkGatewayRefund, refundByGateway, releaseRefund, takeRefund } from '@rnoce/api-client/finance';
import { formatAmount, formatDate } from '@rnoce/i18n';
import type { Refund } from '@rnoce/schemas/finance';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { forgetFinance } from '../../api/finance-queries.ts';
import { Age } from '../../lists/age.tsx';
import { Facts } from '../../records/facts.tsx';
import { Fault } from '../../records/fault.tsx';
import { useAct } from '../../records/use-act.ts';
import { client } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';
import { RecordRefundDialog } from './record-refund-dialog.tsx';
import { Owner, RefundLate } from './refund-facts.tsx';
import { Money, providerName } from './words.tsx';

/** A refund with what can be done about it. */
export function RefundCard({ refund }: { refund: Refund }) {
  const t = useT();
  const agent = useAgent();
  const { busy, fault, run } = useAct(forgetFinance);
  const [open, setOpen] = useState<'record' | 'gateway'>();
  // One key a card: a double click, or a retry after a lost answer, orders one refund.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const { id, version } = refund;
  const params = { id };
  const amount = formatAmount(refund.amount);
  const provider = providerName(t, refund.provider);
  const mine = refund.owner?.id === agent?.id;
  const own = () =>
    run(async () => {
      await (mine ? releaseRefund : takeRefund)(client, { params, version });
    });
  const order = () =>
    run(async () => {
      try {
        const { data } = await refundByGateway(client, { params, version, idempotencyKey });
        if (data.status === 'refunded') notify(t('finance:refund.by-gateway-done'), 'success');
        else notify(t('finance:refund.by-gateway-unknown'), 'warning');
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'stale') throw error;
        notify(t('finance:refund.stale'), 'warning');
      } finally {
        setOpen(undefined);
      }
    });
  const check = () =>
    run(async () => {
      const { data } = await checkGatewayRefund(client, { params });
      const done = data.status === 'refunded';
      notify(
        done ? t('finance:refund.by-gateway-done') : t('finance:refund.checked'),
        done ? 'success' : 'info',
      );
    });
  return (
    <article className="record-card">
      <div className="record-card-head">
        <h3>
          <Money amount={refund.amount} />
        </h3>
        {refund.status === 'due' ? (
          <StatusBadge tone="warning">{t('finance:refund.due')}</StatusBadge>
        ) : (
          <StatusBadge tone="success">{t('finance:refund.done')}</StatusBadge>
        )}
      </div>
      {refund.status === 'due' ? (
        <>
          <Facts
            facts={[
              [t('finance:refunds.cause'), t(`reference:paymentCause.${refund.cause}`)],
              [
                t('finance:refunds.age'),
                <span key="age">
                  <Age since={refund.dueSince} /> <RefundLate refund={refund} />
                </span>,
              ],
              [t('finance:refunds.owner'), <Owner key="owner" refund={refund} />],
              [t('finance:order.transaction'), refund.transactionNumber],
              [t('finance:refunds.email'), refund.payerEmail],
            ]}
          />
          {refund.gateway === 'requested' ? (
            <Notice tone="warning">
              <p>{t('finance:refund.asked')}</p>
            </Notice>
          ) : null}
          <Fault text={fault} />
          <div className="record-actions">
            {refund.gateway === 'offered' ? (
              <Button size="sm" onClick={() => setOpen('gateway')}>
                {t('finance:refund.by-gateway', { provider })}
              </Button>
            ) : null}
            {refund.gateway === 'requested' ? (
              <Button size="sm" loading={busy} onClick={check}>
                {t('finance:refund.check')}
              </Button>
            ) : null}
            <Button size="sm" variant="outline" onClick={() => setOpen('record')}>
              {t('finance:record.open')}
            </Button>
            <Button size="sm" variant="subtle" loading={busy} onClick={own}>
              {mine ? t('finance:refund.release') : t('finance:refund.take')}
            </Button>
          </div>
        </>
      ) : (
        <Facts
          facts={[
            [t('finance:refunds.cause'), t(`reference:paymentCause.${refund.cause}`)],
            [t('finance:record.way'), refund.way && t(`finance:way.${refund.way}`)],
            [t('finance:record.proof'), refund.proof && <bdi className="rnoce-code">{refund.proof}</bdi>],
            [t('finance:record.date'), refund.refundedOn && <bdi>{formatDate(refund.refundedOn)}</bdi>],
            [t('finance:refunds.recorded'), refund.recordedBy],
            [t('finance:record.note'), refund.note && <bdi>{refund.note}</bdi>],
          ]}
        />
      )}
      {open === 'record' ? <RecordRefundDialog refund={refund} onClose={() => setOpen(undefined)} /> : null}
      <ConfirmDialog
        opened={open === 'gateway'}
        title={t('finance:refund.by-gateway', { provider })}
        confirmLabel={t('finance:refund.by-gateway-confirm', { amount })}
        busy={busy}
        onConfirm={() => void order()}
        onCancel={() => setOpen(undefined)}
      >
        <p>{t('finance:refund.by-gateway-detail', { provider, amount })}</p>
      </ConfirmDialog>
    </article>
  );
}

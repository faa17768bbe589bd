import { Button } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import type { Anomaly } from '@rnoce/schemas/reconciliation';
import { useT } from '@rnoce/ui/i18n';
import { ListTable } from '@rnoce/ui/list-table';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { useState } from 'react';
import { Link } from 'react-router';
import { Age } from '../../lists/age.tsx';
import { paths } from '../../paths.ts';
import { CloseAnomalyDialog } from './close-anomaly-dialog.tsx';
import { Money, OrderBadge, subjectName } from './words.tsx';
import '../../lists/facts.css';

/** Anomalies with what both sides say, and how to close one. */
export function AnomalyTable({
  items,
  caption,
  withOrder = true,
}: {
  items: readonly Anomaly[];
  caption: string;
  withOrder?: boolean;
}) {
  const t = useT();
  const [closing, setClosing] = useState<Anomaly>();
  const heads = {
    kind: t('finance:anomalies.kind'),
    ...(withOrder ? { order: t('finance:orders.number') } : {}),
    ours: t('finance:anomalies.ours'),
    theirs: t('finance:anomalies.theirs'),
    raised: t('finance:anomalies.raised'),
    close: t('finance:order.actions'),
  };
  return (
    <>
      <ListTable caption={caption} heads={heads} amounts={['ours', 'theirs']}>
        {items.map((anomaly) => (
          <tr key={anomaly.id}>
            <th scope="row">
              {t(`finance:anomaly.${anomaly.kind}`)}
              <bdi className="backoffice-under finance-subject">{subjectName(t, anomaly)}</bdi>
              {anomaly.detail === null ? null : (
                <bdi className="backoffice-under" dir="ltr">
                  {anomaly.detail}
                </bdi>
              )}
            </th>
            {withOrder ? (
              <td data-label={heads.order}>
                {anomaly.order ? (
                  <span>
                    <Link to={paths.order(anomaly.order.id)} data-row>
                      <bdi className="rnoce-code">{anomaly.order.number}</bdi>
                    </Link>{' '}
                    <OrderBadge status={anomaly.order.status} />
                  </span>
                ) : (
                  <span aria-hidden>–</span>
                )}
              </td>
            ) : null}
            <td data-label={heads.ours} data-amount>
              <Money amount={anomaly.ours} />
            </td>
            <td data-label={heads.theirs} data-amount>
              <Money amount={anomaly.theirs} />
            </td>
            <td data-label={heads.raised}>
              <Age since={anomaly.raisedAt} />
            </td>
            <td data-label={heads.close}>
              <Closure anomaly={anomaly} onClose={() => setClosing(anomaly)} />
            </td>
          </tr>
        ))}
      </ListTable>
      {closing ? <CloseAnomalyDialog anomaly={closing} onClose={() => setClosing(undefined)} /> : null}
    </>
  );
}

function Closure({ anomaly, onClose }: { anomaly: Anomaly; onClose: () => void }) {
  const t = useT();
  const { closedAt, closedBy, note } = anomaly;
  if (closedAt === null)
    return (
      <Button
        size="compact-sm"
        variant="outline"
        aria-label={t('finance:anomalies.close-name', { subject: subjectName(t, anomaly) })}
        onClick={onClose}
      >
        {t('finance:anomalies.close')}
      </Button>
    );
  const at = formatDateTime(closedAt);
  return (
    <span>
      <StatusBadge tone="success">
        {closedBy === null
          ? t('finance:anomalies.closed-itself', { at })
          : t('finance:anomalies.closed-by', { name: closedBy, at })}
      </StatusBadge>
      {note === null ? null : <bdi className="backoffice-under">{note}</bdi>}
    </span>
  );
}

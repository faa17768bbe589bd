import { closeAnomaly } from '@rnoce/api-client/reconciliation';
import type { Anomaly } from '@rnoce/schemas/reconciliation';
import { filled } from '@rnoce/shell/filled';
import { issueResolver } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { TextField } from '@rnoce/ui/text-field';
import { useForm } from 'react-hook-form';
import { forgetFinance } from '../../api/finance-queries.ts';
import { FormDialog } from '../../records/form-dialog.tsx';
import { client } from '../../session/session.ts';
import { subjectName } from './words.tsx';

/** Closes an anomaly with what was found. */
export function CloseAnomalyDialog({ anomaly, onClose }: { anomaly: Anomaly; onClose: () => void }) {
  const t = useT();
  const form = useForm<{ note: string }>({
    defaultValues: { note: '' },
    shouldFocusError: false,
    resolver: issueResolver(filled('note')),
  });
  const close = async ({ note }: { note: string }) => {
    await closeAnomaly(client, { params: { id: anomaly.id }, body: { note } });
    notify(t('finance:anomalies.closed-notice'), 'success');
    onClose();
  };
  return (
    <FormDialog
      form={form}
      title={t('finance:anomalies.close-title')}
      action={t('finance:anomalies.close')}
      before={
        <>
          <p>
            <strong>{t(`finance:anomaly.${anomaly.kind}`)}</strong>
            <br />
            <bdi className="finance-subject">{subjectName(t, anomaly)}</bdi>
          </p>
          <p>{t('finance:anomalies.close-detail')}</p>
        </>
      }
      forget={forgetFinance}
      onSubmit={close}
      onClose={onClose}
    >
      <TextField name="note" label={t('finance:anomalies.close-note')} required rows={3} maxLength={1000} />
    </FormDialog>
  );
}

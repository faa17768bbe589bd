import { Button, Group, Modal } from '@mantine/core';
import { closeAnomaly } from '@rnoce/api-client/reconciliation';
import type { Anomaly } from '@rnoce/schemas/reconciliation';
import { filled } from '@rnoce/shell/filled';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { TextField } from '@rnoce/ui/text-field';
import '@rnoce/ui/app-styles';
import { useForm } from 'react-hook-form';
import { forgetFinance } from '../../api/finance-queries.ts';
import { client } from '../../session/session.ts';
import { subjectName } from './words.tsx';

/** Closes an anomaly with what was found. */
export function CloseAnomalyDialog({ anomaly, onClose }: { anomaly: Anomaly; onClose: () => void }) {
  const t = useT();
  const showProblem = useShowProblem();
  const form = useForm<{ note: string }>({
    defaultValues: { note: '' },
    shouldFocusError: false,
    resolver: issueResolver(filled('note')),
  });
  const close = async ({ note }: { note: string }) => {
    try {
      await closeAnomaly(client, { params: { id: anomaly.id }, body: { note } });
      notify(t('finance:anomalies.closed-notice'), 'success');
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
    void forgetFinance();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('finance:anomalies.close-title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <p>
        <strong>{t(`finance:anomaly.${anomaly.kind}`)}</strong>
        <br />
        <bdi className="finance-subject">{subjectName(t, anomaly)}</bdi>
      </p>
      <p>{t('finance:anomalies.close-detail')}</p>
      <Form form={form} onSubmit={close} label={t('finance:anomalies.close-title')}>
        <TextField name="note" label={t('finance:anomalies.close-note')} required rows={3} maxLength={1000} />
        <Group justify="flex-end" mt="lg">
          <Button variant="outline" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {t('finance:anomalies.close')}
          </Button>
        </Group>
      </Form>
    </Modal>
  );
}

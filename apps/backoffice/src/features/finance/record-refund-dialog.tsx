import { Button, Group, Modal } from '@mantine/core';
import { recordRefund } from '@rnoce/api-client/finance';
import { formatAmount } from '@rnoce/i18n';
import { RecordRefundBody, type Refund } from '@rnoce/schemas/finance';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import { DateField } from '@rnoce/ui/date-field';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { SelectField } from '@rnoce/ui/select-field';
import { TextField } from '@rnoce/ui/text-field';
import '@rnoce/ui/app-styles';
import { validate } from '@rnoce/schemas/issues';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { forgetFinance } from '../../api/finance-queries.ts';
import { client } from '../../session/session.ts';

interface Typed {
  way: string;
  proof: string;
  refundedOn: string;
  note: string;
}
const ways = RecordRefundBody.shape.way.options;

/** What was done elsewhere to give the money back. It can't be undone, so that it says what will be told. */
export function RecordRefundDialog({ refund, onClose }: { refund: Refund; onClose: () => void }) {
  const t = useT();
  const showProblem = useShowProblem();
  // One key an opening: a retry after a lost answer records nothing twice.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const form = useForm<Typed>({
    defaultValues: { way: '', proof: '', refundedOn: '', note: '' },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(RecordRefundBody, values).issues),
  });
  const record = async (values: Typed) => {
    try {
      await recordRefund(client, {
        params: { id: refund.id },
        body: RecordRefundBody.parse(values),
        version: refund.version,
        idempotencyKey,
      });
      notify(t('finance:record.done'), 'success');
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
    void forgetFinance();
  };
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('finance:record.title', { amount: formatAmount(refund.amount) })}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <p>{t('finance:record.detail', { amount: formatAmount(refund.amount) })}</p>
      <Form form={form} onSubmit={record} label={t('finance:record.action')}>
        <SelectField
          name="way"
          label={t('finance:record.way')}
          required
          options={ways.map((way) => ({ value: way, label: t(`finance:way.${way}`) }))}
        />
        <TextField
          name="proof"
          label={t('finance:record.proof')}
          help={t('finance:record.proof-help')}
          required
          code
          maxLength={80}
          autoComplete="off"
        />
        <DateField name="refundedOn" label={t('finance:record.date')} required />
        <TextField name="note" label={t('finance:record.note')} rows={2} maxLength={500} />
        <Group justify="flex-end" mt="lg">
          <Button variant="outline" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {t('finance:record.action')}
          </Button>
        </Group>
      </Form>
    </Modal>
  );
}

import { recordRefund } from '@rnoce/api-client/finance';
import { formatAmount } from '@rnoce/i18n';
import { RecordRefundBody, type Refund } from '@rnoce/schemas/finance';
import { validate } from '@rnoce/schemas/issues';
import { issueResolver } from '@rnoce/ui';
import { DateField } from '@rnoce/ui/date-field';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { SelectField } from '@rnoce/ui/select-field';
import { TextField } from '@rnoce/ui/text-field';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { forgetFinance } from '../../api/finance-queries.ts';
import { FormDialog } from '../../records/form-dialog.tsx';
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
  // One key an opening: a retry after a lost answer records nothing twice.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const form = useForm<Typed>({
    defaultValues: { way: '', proof: '', refundedOn: '', note: '' },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(RecordRefundBody, values).issues),
  });
  const record = async (values: Typed) => {
    await recordRefund(client, {
      params: { id: refund.id },
      body: RecordRefundBody.parse(values),
      version: refund.version,
      idempotencyKey,
    });
    notify(t('finance:record.done'), 'success');
    onClose();
  };
  return (
    <FormDialog
      form={form}
      title={t('finance:record.title', { amount: formatAmount(refund.amount) })}
      label={t('finance:record.action')}
      action={t('finance:record.action')}
      size="lg"
      before={<p>{t('finance:record.detail', { amount: formatAmount(refund.amount) })}</p>}
      forget={forgetFinance}
      onSubmit={record}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}

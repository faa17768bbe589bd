import { recordObservation as record } from '@rnoce/api-client/finance';
import { type FinanceOrder, recordObservation } from '@rnoce/schemas/finance';
import { validate } from '@rnoce/schemas/issues';
import { issueResolver } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { SelectField } from '@rnoce/ui/select-field';
import { Notice } from '@rnoce/ui/status-badge';
import { TextField } from '@rnoce/ui/text-field';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { forgetFinance } from '../../api/finance-queries.ts';
import { FormDialog } from '../../records/form-dialog.tsx';
import { client } from '../../session/session.ts';

type Attempt = FinanceOrder['attempts'][number];
interface Typed {
  says: string;
  amount: string;
  transactionNumber: string;
  note: string;
}

/** What an agent saw in the provider's back office, and that the provider can't be asked for. */
export function ObservationDialog({ attempt, onClose }: { attempt: Attempt; onClose: () => void }) {
  const t = useT();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const bodyOf = ({ says, amount, transactionNumber, note }: Typed) => ({
    says,
    note,
    seen: attempt.status,
    ...(says === 'captured' && { amount: amount.trim().replace(',', '.') }),
    ...(transactionNumber.trim() !== '' && { transactionNumber }),
  });
  const form = useForm<Typed>({
    defaultValues: {
      says: '',
      amount: attempt.amount,
      transactionNumber: attempt.transactionNumber ?? '',
      note: '',
    },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(recordObservation.body, bodyOf(values)).issues),
  });
  const says = useWatch({ control: form.control, name: 'says' });
  const submit = async (values: Typed) => {
    const body = recordObservation.body.parse(bodyOf(values));
    await record(client, { params: { id: attempt.id }, body, idempotencyKey });
    notify(t('finance:observation.recorded'), 'success');
    onClose();
  };
  return (
    <FormDialog
      form={form}
      title={t('finance:observation.title', { reference: attempt.reference })}
      label={t('finance:observation.open')}
      action={t('finance:observation.record')}
      size="lg"
      before={
        <Notice tone="warning">
          <p>{t('finance:observation.detail')}</p>
        </Notice>
      }
      forget={forgetFinance}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField
        name="says"
        label={t('finance:observation.says')}
        required
        options={attempt.recordable.map((one) => ({ value: one, label: t(`finance:observation.${one}`) }))}
      />
      {says === 'captured' ? (
        <TextField
          name="amount"
          label={t('finance:amount.column')}
          required
          code
          inputMode="numeric"
          autoComplete="off"
        />
      ) : null}
      <TextField
        name="transactionNumber"
        label={t('finance:order.transaction')}
        required={says === 'captured'}
        code
        maxLength={64}
        autoComplete="off"
      />
      <TextField name="note" label={t('finance:record.note')} required rows={2} maxLength={500} />
    </FormDialog>
  );
}

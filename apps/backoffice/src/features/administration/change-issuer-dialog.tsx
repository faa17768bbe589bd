import { changeIssuer } from '@rnoce/api-client/issuers';
import { ChangeIssuerBody, type ManagedIssuer } from '@rnoce/schemas/issuers';
import { validate } from '@rnoce/schemas/issues';
import { issueResolver } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { TextField } from '@rnoce/ui/text-field';
import { useForm } from 'react-hook-form';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { FormDialog } from '../../records/form-dialog.tsx';
import { client } from '../../session/session.ts';

/** The name that payers read; the code never changes. */
export function ChangeIssuerDialog({
  issuer: { code, name },
  onClose,
}: {
  issuer: ManagedIssuer;
  onClose: () => void;
}) {
  const t = useT();
  const form = useForm({
    defaultValues: { name },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(ChangeIssuerBody, values).issues),
  });
  const change = async (values: { name: string }) => {
    await changeIssuer(client, { params: { code }, body: ChangeIssuerBody.parse(values) });
    notify(t('administration:issuer.changed'), 'success');
    onClose();
  };
  return (
    <FormDialog
      form={form}
      title={t('administration:issuer.change-title')}
      action={t('common:action.save')}
      forget={forgetAdministration}
      onSubmit={change}
      onClose={onClose}
    >
      <TextField
        name="name"
        label={t('administration:issuer.name')}
        help={t('administration:issuer.name-detail')}
        required
        maxLength={120}
        autoComplete="off"
      />
    </FormDialog>
  );
}

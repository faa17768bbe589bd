import { changeIntegrator as change } from '@rnoce/api-client/integrators';
import { changeIntegrator, type Integrator } from '@rnoce/schemas/integrators';
import { validate } from '@rnoce/schemas/issues';
import { issueResolver } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useForm } from 'react-hook-form';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { FormDialog } from '../../records/form-dialog.tsx';
import { client } from '../../session/session.ts';
import { ContactFields } from './contact-fields.tsx';

interface Typed {
  name: string;
  email: string;
  locale: string;
}

/** Its name, and whom we write to. For whom its programs work stays: another integrator is made for somebody else. */
export function ChangeIntegratorDialog({
  integrator: { id, name, email, locale },
  onClose,
}: {
  integrator: Integrator;
  onClose: () => void;
}) {
  const t = useT();
  const form = useForm<Typed>({
    defaultValues: { name, email, locale },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(changeIntegrator.body, values).issues),
  });
  const submit = async (values: Typed) => {
    await change(client, { params: { id }, body: changeIntegrator.body.parse(values) });
    notify(t('integrators:one.changed'), 'success');
    onClose();
  };
  return (
    <FormDialog
      form={form}
      title={t('integrators:one.change-title')}
      action={t('common:action.save')}
      forget={forgetAdministration}
      onSubmit={submit}
      onClose={onClose}
    >
      <ContactFields />
    </FormDialog>
  );
}

import { Button, Group, Modal } from '@mantine/core';
import { changeIntegrator as change } from '@rnoce/api-client/integrators';
import { changeIntegrator, type Integrator } from '@rnoce/schemas/integrators';
import { validate } from '@rnoce/schemas/issues';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import '@rnoce/ui/app-styles';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useForm } from 'react-hook-form';
import { forgetIntegrators } from '../../api/integrator-queries.ts';
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
  const showProblem = useShowProblem();
  const form = useForm<Typed>({
    defaultValues: { name, email, locale },
    shouldFocusError: false,
    resolver: issueResolver((values) => validate(changeIntegrator.body, values).issues),
  });
  const submit = async (values: Typed) => {
    try {
      await change(client, { params: { id }, body: changeIntegrator.body.parse(values) });
      notify(t('integrators:one.changed'), 'success');
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
    void forgetIntegrators();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('integrators:one.change-title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <Form form={form} onSubmit={submit} label={t('integrators:one.change-title')}>
        <ContactFields />
        <Group justify="flex-end" mt="lg">
          <Button variant="outline" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {t('common:action.save')}
          </Button>
        </Group>
      </Form>
    </Modal>
  );
}

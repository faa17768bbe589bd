import { Button, Group } from '@mantine/core';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { Dialog } from '@rnoce/ui/dialog';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import type { ReactNode } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';

/**
 * A dialog with a form: what it is about, its fields, and the one act that it does. What the act throws is told in the form, at the
 * fields it is about, and what was typed stays; what the screens show is asked again, whatever became of it.
 */
export function FormDialog<V extends FieldValues>({
  form,
  title,
  label = title,
  action,
  size,
  closeOnClickOutside = true,
  before,
  forget,
  onSubmit,
  onClose,
  children,
}: {
  /** By `useForm({ shouldFocusError: false })`, as `Form` asks. */
  form: UseFormReturn<V>;
  title: string;
  /** Names the form for screen readers, where the title says more than the act. */
  label?: string;
  /** What its button says. */
  action: string;
  size?: 'lg';
  /** False where what is typed takes long. */
  closeOnClickOutside?: boolean;
  /** What is said above the form. */
  before?: ReactNode;
  /** Asks again what the screens show. */
  forget: () => Promise<void>;
  /** Does it, tells it and closes the dialog. */
  onSubmit: (values: V) => Promise<void>;
  onClose: () => void;
  /** The form's fields. */
  children: ReactNode;
}) {
  const t = useT();
  const showProblem = useShowProblem();
  const submit = async (values: V) => {
    try {
      await onSubmit(values);
    } catch (error) {
      showProblem(form, error);
    }
    void forget();
  };
  return (
    <Dialog {...(size && { size })} onClose={onClose} closeOnClickOutside={closeOnClickOutside} title={title}>
      {before}
      <Form form={form} onSubmit={submit} label={label}>
        {children}
        <Group justify="flex-end" className="rnoce-dialog-actions">
          <Button variant="outline" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {action}
          </Button>
        </Group>
      </Form>
    </Dialog>
  );
}

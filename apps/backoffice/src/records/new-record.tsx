import { Button, Group } from '@mantine/core';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { PageTitle } from '@rnoce/ui/page-title';
import type { ReactNode } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { Link, useNavigate } from 'react-router';
import { forgetAdministration } from '../api/administration-queries.ts';
import { BackLink } from './back-link.tsx';
import { type Once, useOnce } from './use-once.ts';
import '@rnoce/ui/app-styles';

/**
 * The page of a new record: the way back, its form and the one act that makes it, once whatever became of an answer. What the act throws is told
 * in the form, at the fields it is about, and what was typed stays.
 */
export function NewRecord<V extends FieldValues>({
  form,
  back,
  title,
  action,
  before,
  make,
  children,
}: {
  /** By `useForm({ shouldFocusError: false })`, as `Form` asks. */
  form: UseFormReturn<V>;
  /** The list that it is added to. */
  back: { readonly to: string; readonly label: string };
  title: string;
  /** What its button says. */
  action: string;
  /** What is said above the form. */
  before?: ReactNode;
  /** Makes it; answers where it is read from then on, and what is said of it. */
  make: (values: V, once: Once) => Promise<{ readonly to: string; readonly told: string }>;
  /** The form's fields. */
  children: ReactNode;
}) {
  const t = useT();
  const navigate = useNavigate();
  const showProblem = useShowProblem();
  const once = useOnce();
  const submit = async (values: V) => {
    try {
      const { to, told } = await make(values, once);
      void forgetAdministration();
      notify(told, 'success');
      await navigate(to, { replace: true });
    } catch (error) {
      showProblem(form, error);
    }
  };
  return (
    <>
      <BackLink to={back.to}>{back.label}</BackLink>
      <PageTitle title={title} />
      <div className="rnoce-card record-form">
        {before}
        <Form form={form} onSubmit={submit} label={title}>
          {children}
          <Group justify="flex-end" mt="lg">
            <Button component={Link} to={back.to} variant="outline">
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={form.formState.isSubmitting}>
              {action}
            </Button>
          </Group>
        </Form>
      </div>
    </>
  );
}

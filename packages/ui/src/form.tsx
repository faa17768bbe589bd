import { type FormEvent, type ReactNode, useCallback, useRef, useState } from 'react';
import { type FieldValues, FormProvider, type SubmitHandler, type UseFormReturn } from 'react-hook-form';
import { ErrorSummary } from './error-summary.tsx';

/**
 * A form bound to react-hook-form. A refused submission shows the summary of its errors and moves the focus to it.
 * Fields inside find the form by context. Use `useForm({ shouldFocusError: false })`: the summary takes the focus.
 */
export function Form<V extends FieldValues>({
  form,
  onSubmit,
  children,
  label,
}: {
  form: UseFormReturn<V>;
  onSubmit: SubmitHandler<V>;
  children: ReactNode;
  /** Names the form for screen readers. */
  label?: string | undefined;
}) {
  const [failures, setFailures] = useState(0);
  const submitting = useRef(false);
  const { handleSubmit, formState } = form;
  const refused = formState.isSubmitted && Object.keys(formState.errors).length > 0;

  const submit = useCallback(
    async (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      // A second Enter while the first is under way must not send twice.
      if (submitting.current) return;
      submitting.current = true;
      try {
        await handleSubmit(async (values, submitEvent) => {
          await onSubmit(values, submitEvent);
        })();
      } finally {
        submitting.current = false;
        setFailures((count) => count + 1);
      }
    },
    [handleSubmit, onSubmit],
  );

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={submit} aria-label={label}>
        {refused ? <ErrorSummary focusToken={failures} /> : null}
        {children}
      </form>
    </FormProvider>
  );
}

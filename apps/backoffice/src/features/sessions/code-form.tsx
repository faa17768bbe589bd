import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { filled } from '@rnoce/shell/filled';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { TextField } from '@rnoce/ui/text-field';
import { useEffect, useRef } from 'react';
import { useForm } from 'react-hook-form';

interface Values {
  code: string;
}

const resolver = issueResolver<Values>(filled('code'));

/** The second step: the one-time code. */
export function CodeForm({
  send,
  onBack,
  onTooLate,
}: {
  /** Throws `ApiError`. */
  send: (code: string) => Promise<void>;
  onBack: () => void;
  /** The step took longer than the API waits. */
  onTooLate: () => void;
}) {
  const t = useT();
  const showProblem = useShowProblem();
  const box = useRef<HTMLDivElement>(null);
  const form = useForm<Values>({
    resolver,
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
    defaultValues: { code: '' },
  });
  // The step has changed under the hands of who signs in: the hands go on in its field.
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={box}>
      <Form
        form={form}
        label={t('backoffice:sign-in.code-step')}
        onSubmit={async ({ code }) => {
          try {
            await send(code);
          } catch (error) {
            if (error instanceof ApiError && error.code === 'challenge_expired') onTooLate();
            else showProblem(form, error);
          }
        }}
      >
        <TextField<Values>
          name="code"
          code
          inputMode="numeric"
          label={t('backoffice:sign-in.code')}
          help={t('backoffice:sign-in.code-help')}
          required
          autoComplete="one-time-code"
          maxLength={20}
        />
        <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
          {t('shell:sign-in.action')}
        </Button>
      </Form>
      <Button variant="subtle" fullWidth mt="sm" onClick={onBack}>
        {t('backoffice:sign-in.back')}
      </Button>
    </div>
  );
}

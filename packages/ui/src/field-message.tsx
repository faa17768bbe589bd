import { useCallback } from 'react';
import { decodeIssue } from './form-errors.ts';
import { useFindMessage, useT } from './i18n.tsx';

/** Turns what a form's error carries, a code with its parameters or a sentence, into a sentence of the language in use. */
export function useIssueMessage(): (message: string) => string {
  const t = useT();
  const find = useFindMessage();
  return useCallback(
    (message) => {
      const issue = decodeIssue(message);
      if (!issue) return message === '' ? t('errors:field.invalid') : message;
      return find(`errors:field.${issue.code}`, issue.params) ?? t('errors:field.invalid');
    },
    [t, find],
  );
}

import { ApiError } from '@rnoce/api-client/api-error';
import { encodeIssue, type FieldIssue, fieldPath } from '@rnoce/ui';
import { useErrorSentence } from '@rnoce/ui/states';
import { useCallback } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';

type ShowProblem = <V extends FieldValues>(form: UseFormReturn<V>, error: unknown, prefix?: string) => void;

/**
 * Shows why the API refused a form: each wrong value at its field, by its pointer, and the problem's own sentence at the head
 * of the summary when no field tells it. `prefix` is where the form's values are in the body, `/identifiers` say.
 */
export function useShowProblem(): ShowProblem {
  const sentence = useErrorSentence();
  return useCallback(
    <V extends FieldValues>(form: UseFormReturn<V>, error: unknown, prefix = '') => {
      const values = form.getValues();
      const issues: readonly FieldIssue[] = error instanceof ApiError ? error.issues : [];
      const known = issues
        .filter(({ pointer }) => pointer.startsWith(`${prefix}/`))
        .map((issue) => ({ ...issue, path: fieldPath(issue.pointer.slice(prefix.length)) }))
        .filter(({ path }) => (path.split('.')[0] ?? '') in values);
      for (const { path, code, params } of known)
        form.setError(path as Path<V>, { type: code, message: encodeIssue(code, params) });
      if (known.length === 0) form.setError('root', { type: 'problem', message: sentence(error) });
    },
    [sentence],
  );
}

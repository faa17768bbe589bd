import { ApiError } from '@rnoce/api-client/api-error';
import { useFindMessage } from '@rnoce/ui/i18n';
import { useErrorSentence } from '@rnoce/ui/states';
import { useCallback } from 'react';

/** Why a file wasn't taken: the rule that it broke, else what happened on the way. */
export function useFileRefusal(): (error: unknown) => string {
  const find = useFindMessage();
  const sentence = useErrorSentence();
  return useCallback(
    (error) => {
      const rule = error instanceof ApiError ? error.problem?.params?.rule : undefined;
      return (rule === undefined ? undefined : find(`errors:file.${rule}`)) ?? sentence(error);
    },
    [find, sentence],
  );
}

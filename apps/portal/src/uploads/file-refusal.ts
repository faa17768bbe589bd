import { ApiError } from '@rnoce/api-client/api-error';
import { useFindMessage } from '@rnoce/ui/i18n';
import { useErrorSentence } from '@rnoce/ui/states';
import { useCallback } from 'react';

/** Why a file wasn't taken: the rule that it broke, what its signature lacks, else what happened on the way. */
export function useFileRefusal(): (error: unknown) => string {
  const find = useFindMessage();
  const sentence = useErrorSentence();
  return useCallback(
    (error) => {
      const { rule, outcome, reason } = (error instanceof ApiError && error.problem?.params) || {};
      if (rule !== undefined) return find(`errors:file.${rule}`) ?? sentence(error);
      // A reason says what is wrong and what to do; the outcome alone is for one that has no sentence.
      const found = find(`contracts:reason.${reason ?? ''}`) ?? find(`contracts:outcome.${outcome ?? ''}`);
      return found ?? sentence(error);
    },
    [find, sentence],
  );
}

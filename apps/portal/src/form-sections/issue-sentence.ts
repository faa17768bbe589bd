import type { MessageParams } from '@rnoce/i18n';
import { encodeIssue } from '@rnoce/ui';
import { useIssueMessage } from '@rnoce/ui/field-message';
import { useT } from '@rnoce/ui/i18n';

/** What an issue says in a list of what is missing or wrong: a document is joined, not filled in. */
export function useIssueSentence(): (issue: {
  readonly pointer: string;
  readonly code: string;
  readonly params?: MessageParams | undefined;
}) => string {
  const t = useT();
  const messageOf = useIssueMessage();
  return ({ pointer, code, params }) =>
    code === 'required' && pointer.startsWith('/documents/')
      ? t('common:upload.required')
      : messageOf(encodeIssue(code, params ?? {}));
}

import { judgeNewPassword, type NewPassword } from '@rnoce/shell/new-password';
import { type FieldIssue, normaliseIdentifierText } from '@rnoce/ui';

/** What who is invited types. */
export interface AccessValues extends NewPassword {
  code: string;
}

/** Digits of a one-time code. */
const codeLength = 6;

/** A one-time code as it is sent: digits 0-9, without the space that applications show in its middle. */
export const bareCode = (typed: string): string => normaliseIdentifierText(typed);

function codeIssues(typed: string): FieldIssue[] {
  const code = bareCode(typed);
  const pointer = '/code';
  if (code === '') return [{ pointer, code: 'required' }];
  if (!/^\d+$/.test(code)) return [{ pointer, code: 'digits_only' }];
  if (code.length !== codeLength) return [{ pointer, code: 'exact_length', params: { length: codeLength } }];
  return [];
}

/** Judges what is typed before it is sent: `min` is the fewest characters of a password. */
export const judgeAccess =
  (min: number) =>
  (values: AccessValues): FieldIssue[] => [...judgeNewPassword(values, min), ...codeIssues(values.code)];

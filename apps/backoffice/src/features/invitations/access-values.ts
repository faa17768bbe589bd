import { type FieldIssue, normaliseIdentifierText } from '@rnoce/ui';

/** What who is invited types. */
export interface AccessValues {
  password: string;
  confirmation: string;
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

function passwordIssues(password: string, min: number): FieldIssue[] {
  const pointer = '/password';
  if (password === '') return [{ pointer, code: 'required' }];
  // Whether it is easy to guess, the server judges.
  return Array.from(password).length < min ? [{ pointer, code: 'password_too_short', params: { min } }] : [];
}

/** Judges what is typed before it is sent: `min` is the fewest characters of a password. */
export const judgeAccess =
  (min: number) =>
  ({ password, confirmation, code }: AccessValues): FieldIssue[] => [
    ...passwordIssues(password, min),
    ...(confirmation === ''
      ? [{ pointer: '/confirmation', code: 'required' }]
      : confirmation === password
        ? []
        : [{ pointer: '/confirmation', code: 'passwords_differ' }]),
    ...codeIssues(code),
  ];

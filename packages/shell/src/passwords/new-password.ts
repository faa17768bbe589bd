import type { FieldIssue } from '@rnoce/ui';

export interface NewPassword {
  password: string;
  confirmation: string;
}

/**
 * Judges a new password twice typed: `min` is the fewest characters, as people see them. Its strength is judged by the server, which refuses
 * with the same words.
 */
export function judgeNewPassword({ password, confirmation }: NewPassword, min = 0): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (password === '') issues.push({ pointer: '/password', code: 'required' });
  else if (Array.from(password).length < min)
    issues.push({ pointer: '/password', code: 'password_too_short', params: { min } });
  if (confirmation === '') issues.push({ pointer: '/confirmation', code: 'required' });
  else if (confirmation !== password) issues.push({ pointer: '/confirmation', code: 'passwords_differ' });
  return issues;
}

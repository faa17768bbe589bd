import { ProblemError } from '../../plugins/problems.ts';

/** « Cet email est déjà utilisé ! », told at the field. */
export const emailInUse = () =>
  new ProblemError('email_in_use', { issues: [{ pointer: '/email', code: 'email_in_use' }] });
export const linkUnknown = () => new ProblemError('link_unknown');
export const linkExpired = () => new ProblemError('link_expired');
export const linkUsed = () => new ProblemError('link_used');
export const passwordWrong = () =>
  new ProblemError('password_wrong', { issues: [{ pointer: '/currentPassword', code: 'invalid' }] });

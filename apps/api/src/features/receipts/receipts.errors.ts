import { ProblemError } from '../../plugins/problems.ts';

export const orderNotPaid = () => new ProblemError('order_not_paid');
export const orderClosed = () => new ProblemError('order_closed');
export const tooManyEmails = (retryAfterSeconds: number) =>
  new ProblemError('rate_limited', { retryAfterSeconds, params: { seconds: retryAfterSeconds } });
/** Too many documents are being made. */
export const typesettingBusy = (retryAfterSeconds: number, cause: unknown) =>
  new ProblemError('overloaded', { retryAfterSeconds, cause });

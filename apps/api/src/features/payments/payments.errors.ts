import type { Issue } from '@rnoce/schemas';
import { ProblemError } from '../../plugins/problems.ts';

/** The issues say which ones; none when another amount than the payer was shown is to be paid. */
export const invoicesNotPayable = (issues: readonly Issue[] = []) =>
  new ProblemError('invoices_not_payable', { issues });
export const invoicesOfSeveralIssuers = () => new ProblemError('invoices_of_several_issuers');
export const methodNotAccepted = () => new ProblemError('method_not_accepted');
export const orderClosed = () => new ProblemError('order_closed');
export const gatewayUnavailable = (cause?: unknown) =>
  new ProblemError('gateway_unavailable', { retryAfterSeconds: 10, cause });

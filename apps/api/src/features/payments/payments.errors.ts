import { ProblemError } from '../../plugins/problems.ts';

export const invoicesNotPayable = () => new ProblemError('invoices_not_payable');
export const invoicesOfSeveralIssuers = () => new ProblemError('invoices_of_several_issuers');
export const methodNotAccepted = () => new ProblemError('method_not_accepted');
export const orderClosed = () => new ProblemError('order_closed');
export const gatewayUnavailable = (cause?: unknown) =>
  new ProblemError('gateway_unavailable', { retryAfterSeconds: 10, cause });

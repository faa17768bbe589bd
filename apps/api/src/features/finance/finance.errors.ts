import { ProblemError } from '../../plugins/problems.ts';

export const refundNotDue = () => new ProblemError('refund_not_due');
export const refundImpossible = () => new ProblemError('refund_impossible');
/** `reason`: the gateway's own code and words, without card data. */
export const refundRefused = (reason: string) => new ProblemError('refund_refused', { params: { reason } });
export const providerUnavailable = (cause?: unknown) =>
  new ProblemError('provider_unavailable', { retryAfterSeconds: 10, cause });
export const providerNotConfigured = () => new ProblemError('provider_not_configured');
export const observationImpossible = () => new ProblemError('observation_impossible');
export const anomalyClosed = () => new ProblemError('anomaly_closed');
/** `reason`: why no line can be read, `wrong_header`, `not_utf8`, `too_large`, `empty`. */
export const settlementFileRefused = (reason: string) =>
  new ProblemError('settlement_file_refused', { params: { reason } });
export const stale = (version?: number) =>
  new ProblemError('stale', version === undefined ? {} : { params: { version } });

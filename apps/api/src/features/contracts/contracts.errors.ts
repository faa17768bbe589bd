import type { SignatureOutcome, SignatureReason } from '@rnoce/schemas';
import { ProblemError } from '../../plugins/problems.ts';

export const contractNotAsked = () => new ProblemError('contract_not_asked');
export const contractNotIssued = () => new ProblemError('contract_not_issued');
/** The data have changed since, or another version was issued. */
export const contractVoid = () => new ProblemError('contract_void');
/** `reason` is the first to tell the operator: its sentence is `contracts:reason.<reason>`. */
export const contractRefused = (outcome: SignatureOutcome, reason: SignatureReason) =>
  new ProblemError('contract_refused', { params: { outcome, reason } });
export const tooManyContracts = () =>
  new ProblemError('rate_limited', { retryAfterSeconds: 3600, params: { seconds: 3600 } });

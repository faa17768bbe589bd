import { maxEndpoints, type Scope } from '@rnoce/schemas';
import { ProblemError } from '../../plugins/problems.ts';

/** Not `https`, or an address that isn't public. */
export const endpointRefused = () => new ProblemError('endpoint_refused');
export const endpointsAtLimit = () =>
  new ProblemError('endpoints_at_limit', { params: { max: maxEndpoints } });
/** Nothing is sent to it, on demand neither. */
export const endpointDisabled = () => new ProblemError('endpoint_disabled');
export const scopeMissing = (scope: Scope) => new ProblemError('scope_missing', { params: { scope } });

import { ProblemError } from '../../plugins/problems.ts';

export const subscriptionNotEditable = () => new ProblemError('subscription_not_editable');
export const authorityUnavailable = () => new ProblemError('authority_unavailable');
export const operatorAlreadyRegistered = () => new ProblemError('operator_already_registered');
export const registryCodeNotNeeded = () => new ProblemError('registry_code_not_needed');
export const registryCodeWrong = () => new ProblemError('registry_code_wrong');

/** The client changed an older version than `version`, the one that stands. */
export const stale = (version: number) => new ProblemError('stale', { params: { version } });

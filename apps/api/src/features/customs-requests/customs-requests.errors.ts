import type { OperationRefusal } from '@rnoce/schemas';
import { ProblemError } from '../../plugins/problems.ts';

/** When to try again while BADR is away, in seconds. */
const registryRetrySeconds = 30;

/** `reason` is why: its sentence is `reference:operation-refusal.<reason>`. */
export const operationNotAllowed = (reason: OperationRefusal) =>
  new ProblemError('operation_not_allowed', { params: { reason } });
export const requestNotEditable = () => new ProblemError('request_not_editable');
export const registryChanged = () => new ProblemError('registry_changed');
export const registryUnavailable = () =>
  new ProblemError('registry_unavailable', { retryAfterSeconds: registryRetrySeconds });
export const requestNotDecidable = () => new ProblemError('request_not_decidable');
export const requestNotResendable = () => new ProblemError('request_not_resendable');
/** With two agents for a cancellation: the first can't be the second too. */
export const secondAgentNeeded = () => new ProblemError('second_agent_needed');
/** With today's version: the agent saw another one. */
export const dossierStale = (version: number) => new ProblemError('stale', { params: { version } });

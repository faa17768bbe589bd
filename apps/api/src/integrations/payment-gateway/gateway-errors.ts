/**
 * Why a gateway gave no usable answer: too late, no connection, 5xx or 429, an answer that isn't one, not asked because it failed repeatedly,
 * our credentials refused, our question refused, or the caller went away.
 */
export type GatewayUnavailableReason =
  | 'timeout'
  | 'unreachable'
  | 'server_error'
  | 'invalid_answer'
  | 'circuit_open'
  | 'access_denied'
  | 'question_refused'
  | 'cancelled';

/** `none`: the gateway did nothing. `unknown`: it may have done what was asked; inquire before doing anything else. */
export type GatewayEffect = 'none' | 'unknown';

/** The gateway couldn't be asked now, or its answer was lost. Never means that it refused. */
export class GatewayUnavailableError extends Error {
  readonly retryable = true;
  readonly provider: string;
  readonly reason: GatewayUnavailableReason;
  readonly effect: GatewayEffect;

  constructor(
    provider: string,
    reason: GatewayUnavailableReason,
    effect: GatewayEffect,
    options?: ErrorOptions,
  ) {
    super(`${provider} is unavailable: ${reason}`, options);
    this.name = 'GatewayUnavailableError';
    this.provider = provider;
    this.reason = reason;
    this.effect = effect;
  }
}

export type GatewayRefusalCode =
  | 'invalid_attempt'
  | 'already_paid'
  | 'reference_in_use'
  | 'in_progress'
  | 'above_captured'
  | 'nothing_to_refund'
  | 'not_settled_yet'
  | 'too_old'
  | 'above_authorised'
  | 'no_authorisation'
  | 'cannot_void'
  | 'not_found'
  | 'wrong_currency'
  | 'wrong_signature'
  | 'authentication_failed'
  | 'refused';

/** The gateway refused for good: sending it again changes nothing, except `in_progress`, a person or another operation must follow. */
export class GatewayRefusalError extends Error {
  readonly retryable: boolean;
  readonly provider: string;
  readonly code: GatewayRefusalCode;
  /** The gateway's own code and words, without card data. */
  readonly detail: string;

  constructor(provider: string, code: GatewayRefusalCode, detail: string) {
    super(`${provider} refused: ${code}`);
    this.name = 'GatewayRefusalError';
    this.retryable = code === 'in_progress';
    this.provider = provider;
    this.code = code;
    this.detail = detail;
  }
}

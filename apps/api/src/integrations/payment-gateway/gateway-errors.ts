import type { OutsideEffect, OutsideReason } from '../outside-call/outside-fault.ts';

/** The gateway couldn't be asked now, or its answer was lost. Never means that it refused. */
export class GatewayUnavailableError extends Error {
  readonly retryable = true;
  readonly provider: string;
  readonly reason: OutsideReason;
  readonly effect: OutsideEffect;

  constructor(provider: string, reason: OutsideReason, effect: OutsideEffect, options?: ErrorOptions) {
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

/**
 * Why a call outside gave no usable answer: too late, no connection, 5xx or 429, an answer that isn't one, not asked because it failed
 * repeatedly, our credentials refused (401, 403), our question refused (another 4xx), or the caller went away.
 */
export type OutsideReason =
  | 'timeout'
  | 'unreachable'
  | 'server_error'
  | 'invalid_answer'
  | 'circuit_open'
  | 'access_denied'
  | 'question_refused'
  | 'cancelled';

/** `none`: the other side did nothing. `unknown`: it may have done what was asked; inquire before doing anything else. */
export type OutsideEffect = 'none' | 'unknown';

/** A call that brought no usable answer. */
export class OutsideFault extends Error {
  readonly reason: OutsideReason;
  /** Whether the other side may have acted on it. */
  readonly effect: OutsideEffect;

  constructor(reason: OutsideReason, effect: OutsideEffect, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'OutsideFault';
    this.reason = reason;
    this.effect = effect;
  }
}

import type { OutsideReason } from '../outside-call/outside-fault.ts';
import type { AccountOpening, OpenedAccount } from './single-window-protocol.ts';

/** The single window couldn't take an opening now: to be sent again, with the same reference. */
export class SingleWindowUnavailableError extends Error {
  readonly retryable = true;
  readonly reason: OutsideReason | 'not_configured';

  constructor(reason: SingleWindowUnavailableError['reason']) {
    super(`the single window is unavailable: ${reason}`);
    this.name = 'SingleWindowUnavailableError';
    this.reason = reason;
  }
}

/** The single window refused an opening: sending it again changes nothing until a person has looked at it. */
export class SingleWindowRefusalError extends Error {
  readonly retryable = false;
  readonly code: 'refused' | 'reference_already_used' | 'invalid_opening';
  /** The single window's own words, or what is wrong with the opening. */
  readonly reason: string;

  constructor(code: SingleWindowRefusalError['code'], reason: string) {
    super(`the single window refused an account: ${code}`);
    this.name = 'SingleWindowRefusalError';
    this.code = code;
    this.reason = reason;
  }
}

/** PortNet's single window, as the portal needs it. */
export interface SingleWindowGateway {
  /**
   * Opens a user's account. The same reference and opening again give the same account, however often. Throws
   * `SingleWindowUnavailableError` (send again later) or `SingleWindowRefusalError` (a person must look at it).
   */
  openAccount(reference: string, opening: AccountOpening, signal?: AbortSignal): Promise<OpenedAccount>;
  /** Whether it answers at all, within 2 seconds. Never throws. */
  health(signal?: AbortSignal): Promise<boolean>;
}

import type { OperatorType } from '@rnoce/schemas/operator-types';
import type { OutsideReason } from '../outside-call/outside-fault.ts';
import type { BadrOperation } from './badr-operation.ts';
import type { BadrIdentifierField, BadrReceipt, BadrRecord, BadrRegistration } from './badr-record.ts';

/** What BADR is asked with: all of them must agree for an operator to be registered. */
export interface BadrIdentifiers {
  operatorType: OperatorType;
  ice: string;
  taxId: string;
  rcNumber: string;
  rcCentre: string;
}

/** `mismatch`: BADR knows the ICE for that operator type, with other values in `fields`. */
export type BadrLookup =
  | { status: 'registered'; record: BadrRecord }
  | { status: 'not_registered' }
  | { status: 'mismatch'; fields: BadrIdentifierField[] }
  | { status: 'unavailable'; reason: OutsideReason };

/**
 * What became of an operation at BADR. `overtaken`: what BADR holds in `fields` (the form's words, `managers.<idType>.<idNumber>` of a manager,
 * `accountStatus`) is neither what it was sent over nor what is asked, and nothing was written.
 */
export type BadrEffect =
  | { status: 'applied' /** Null: the account was already as asked. */; appliedAt: string | null }
  | { status: 'overtaken'; fields: string[] };

/** BADR couldn't take a registration or an operation now: to be sent again, with the same reference. */
export class BadrUnavailableError extends Error {
  readonly retryable = true;
  readonly reason: OutsideReason;

  constructor(reason: OutsideReason) {
    super(`BADR is unavailable: ${reason}`);
    this.name = 'BadrUnavailableError';
    this.reason = reason;
  }
}

/** BADR refused a registration or an operation for good: sending it again changes nothing, a person must look at it. */
export class BadrRefusalError extends Error {
  readonly retryable = false;
  readonly code: 'refused' | 'reference_already_used' | 'invalid_record';
  /** BADR's own words, or what is wrong with the record. */
  readonly reason: string;

  constructor(code: BadrRefusalError['code'], reason: string) {
    super(`BADR refused: ${code}`);
    this.name = 'BadrRefusalError';
    this.code = code;
    this.reason = reason;
  }
}

/** The customs system, as the portal needs it. */
export interface BadrGateway {
  /** Asks whether an operator is registered. Never throws: an absent, late or senseless BADR is `unavailable`, never `not_registered`. */
  findOperator(identifiers: BadrIdentifiers, signal?: AbortSignal): Promise<BadrLookup>;
  /**
   * Registers a validated record. `reference` is the subscription's code: the same reference and record again give the same receipt.
   * Throws `BadrUnavailableError` (send again later) or `BadrRefusalError` (for good).
   */
  register(reference: string, record: BadrRegistration, signal?: AbortSignal): Promise<BadrReceipt>;
  /**
   * Carries an operation out on an account. `reference` is the request's: the same reference and operation again have their effect once.
   * Throws `BadrUnavailableError` (send again later) or `BadrRefusalError` (for good).
   */
  operate(reference: string, operation: BadrOperation, signal?: AbortSignal): Promise<BadrEffect>;
  /** Whether BADR answers at all, within 2 seconds. Never throws. */
  health(signal?: AbortSignal): Promise<boolean>;
}

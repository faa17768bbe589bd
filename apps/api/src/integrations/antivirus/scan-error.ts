/** Why a file could not be scanned; for logs and metrics, not for people. */
export type ScanFailure =
  /** clamd cannot be reached, or hung up before it answered. */
  | 'connection'
  /** No answer within the time limit. */
  | 'timeout'
  /** The file is larger than clamd's `StreamMaxLength`. */
  | 'size_limit'
  /** clamd reported an error of its own. */
  | 'refused'
  /** An answer that is none of the protocol's. */
  | 'protocol'
  /** The bytes to scan could not be read. */
  | 'source';

/** Ends a scan without a verdict; never leaves this folder. */
export class ScanError extends Error {
  readonly reason: ScanFailure;

  constructor(reason: ScanFailure, options?: ErrorOptions) {
    super(`Not scanned: ${reason}`, options);
    this.name = 'ScanError';
    this.reason = reason;
  }
}

import { ProblemError } from '../../plugins/problems.ts';
import type { FilingRecord } from './filings.transitions.ts';

/** Throws `filing_not_decidable` unless the filing waits for a decision. */
export function assertDecidable({ status }: FilingRecord): void {
  if (status !== 'in_review') throw new ProblemError('filing_not_decidable');
}

/** Throws `stale`, with today's version, unless the filing is still as the agent saw it. */
export function assertUnchanged({ version }: FilingRecord, seen: number): void {
  if (version !== seen) throw new ProblemError('stale', { params: { version } });
}

import type { Authority } from '@rnoce/schemas';
import type { FilingRecord } from '../filings/filings.transitions.ts';

export type FilingState = Pick<FilingRecord, 'status'> & { readonly reopenedAt: unknown };
type OwnFilingState = FilingState & { readonly authority: Authority };

/** Whether the operator may change what this filing is made of: a draft, or an incomplete one that was reopened. */
export const isOpen = ({ status, reopenedAt }: FilingState): boolean =>
  status === 'draft' || (status === 'incomplete' && reopenedAt !== null);

/** One form serves every filing of a subscription: it can be changed while one of them is open. */
export const isEditable = (filings: readonly FilingState[]): boolean => filings.some(isOpen);

/** Whether there is something to correct or complete: what the progress is told for. */
export const isUnfinished = (filings: readonly FilingState[]): boolean =>
  filings.some(({ status }) => status === 'draft' || status === 'incomplete');

/** The authorities whose filing is open: what only another one asks is with its agents, or was validated, and stays as it was sent. */
export const openTo = (filings: readonly OwnFilingState[]): Authority[] =>
  filings.filter(isOpen).map(({ authority }) => authority);

/** The authorities to which the form would be sent: the open ones; before « Rectifier vos données », those that sent it back. */
export function authoritiesToSend(filings: readonly OwnFilingState[]): Authority[] {
  const open = openTo(filings);
  return open.length > 0
    ? open
    : filings.filter((filing) => isUnfinished([filing])).map(({ authority }) => authority);
}

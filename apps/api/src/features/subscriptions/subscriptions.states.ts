import type { FilingRecord } from '../filings/filings.transitions.ts';

type State = Pick<FilingRecord, 'status'> & { readonly reopenedAt: unknown };

/** Whether the operator may change what this filing is made of: a draft, or an incomplete one that was reopened. */
export const isOpen = ({ status, reopenedAt }: State): boolean =>
  status === 'draft' || (status === 'incomplete' && reopenedAt !== null);

/** One form serves every filing of a subscription: it can be changed while one of them is open. */
export const isEditable = (filings: readonly State[]): boolean => filings.some(isOpen);

/** Whether there is something to correct or complete: what the progress is told for. */
export const isUnfinished = (filings: readonly State[]): boolean =>
  filings.some(({ status }) => status === 'draft' || status === 'incomplete');

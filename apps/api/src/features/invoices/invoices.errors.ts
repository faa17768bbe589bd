import type { Issue } from '@rnoce/schemas';
import { ProblemError } from '../../plugins/problems.ts';

export const invoicePaid = () => new ProblemError('invoice_paid');
/** Nothing of the file was kept; the issues say which lines are wrong. */
export const importRefused = (issues: readonly Issue[]) => new ProblemError('import_refused', { issues });
/** The invoice isn't the version that its issuer changes; `version` is the one it is, when there is one. */
export const invoiceStale = (version: number | undefined) =>
  new ProblemError('stale', version === undefined ? {} : { params: { version } });

import type { Issue } from '@rnoce/schemas';
import { ProblemError } from '../../plugins/problems.ts';

export const invoicePaid = () => new ProblemError('invoice_paid');
/** Nothing of the file was kept; the issues say which lines are wrong. */
export const importRefused = (issues: readonly Issue[]) => new ProblemError('import_refused', { issues });

import type { FileRefusal } from '@rnoce/schemas';
import { ProblemError } from '../../plugins/problems.ts';

/** When to try again while the storage is away, in seconds. */
const storageRetrySeconds = 10;

export const documentForbidden = () => new ProblemError('document_forbidden');
export const documentQuarantined = () => new ProblemError('document_quarantined');
export const fileTooLarge = (maxBytes: number) =>
  new ProblemError('file_too_large', { params: { maxBytes } });

/** `rule` is what the file broke: its sentence is `errors:file.<rule>`. */
export const fileRefused = (rule: FileRefusal) => new ProblemError('file_refused', { params: { rule } });

export const inspectionBusy = (retryAfterSeconds: number, cause: unknown) =>
  new ProblemError('inspection_busy', { retryAfterSeconds, cause });
export const storageUnavailable = (cause: unknown) =>
  new ProblemError('storage_unavailable', { retryAfterSeconds: storageRetrySeconds, cause });

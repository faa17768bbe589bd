import { type DocumentName, documentRules, type ScanState } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { WorkersBusy, WorkersUnavailable } from '../../integrations/worker-pool/worker-pool.ts';
import { fileRefused, fileTooLarge, inspectionBusy } from './documents.errors.ts';

/** When to try again while the inspection doesn't work, in seconds. */
const inspectionRetrySeconds = 30;

export interface JudgedFile {
  readonly mediaType: string;
  /** Null for an image. */
  readonly pages: number | null;
  readonly sha256: string;
  readonly scan: ScanState;
}

type Judges = Pick<Deps, 'inspector' | 'antivirus'>;

async function inspect({ inspector }: Judges, document: DocumentName, bytes: Buffer) {
  const mediaTypes: readonly string[] = documentRules[document].mediaTypes;
  if (!mediaTypes.includes('application/pdf')) return inspector.inspectLogo(bytes);
  try {
    return await inspector.inspectPdf(bytes);
  } catch (error) {
    if (error instanceof WorkersBusy) throw inspectionBusy(error.retryAfterSeconds, error);
    if (error instanceof WorkersUnavailable) throw inspectionBusy(inspectionRetrySeconds, error);
    throw error;
  }
}

/** An antivirus that can't answer leaves the file in quarantine: it is never taken for clean. */
async function scan({ antivirus }: Judges, bytes: Buffer): Promise<ScanState> {
  const result = await antivirus.scan(bytes);
  switch (result.status) {
    case 'clean':
      return 'clean';
    case 'infected':
      throw fileRefused('infected');
    case 'unavailable':
      return 'quarantined';
    case 'disabled':
      return 'not_scanned';
  }
}

/**
 * Judges a file by its bytes alone, then by the antivirus. Throws `file_refused` with the rule that it broke, `file_too_large`, and
 * `inspection_busy`, which says nothing of the file.
 */
export async function judgeFile(judges: Judges, document: DocumentName, bytes: Buffer): Promise<JudgedFile> {
  const verdict = await inspect(judges, document, bytes);
  if (!verdict.ok) {
    if (verdict.rule === 'too_large') throw fileTooLarge(documentRules[document].maxBytes);
    throw fileRefused(verdict.rule);
  }
  return {
    mediaType: 'mime' in verdict ? verdict.mime : 'application/pdf',
    pages: 'pages' in verdict ? verdict.pages : null,
    sha256: verdict.sha256,
    scan: await scan(judges, bytes),
  };
}

import { readFileSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { dropLoadingGarbage } from '../../loading-garbage.ts';
import { checkPdf } from './pdf-check.ts';
import { capPdfLibInflation } from './pdf-document.ts';
import { PDF_LIMITS, PDF_MAX_BYTES, type PdfVerdict } from './pdf-verdict.ts';

/** What a worker is asked: a file's bytes, given away or in shared memory, or its absolute path. */
export interface InspectionOrder {
  readonly source: Uint8Array | string;
}

/** What a worker tells: that it is ready, then one answer to each order. */
export type InspectionReport =
  | { readonly kind: 'ready' }
  /** `fault`: our own error, met on this file, for the log. */
  | { readonly kind: 'verdict'; readonly verdict: PdfVerdict; readonly fault?: string }
  /** The file could not be fetched. */
  | { readonly kind: 'failure'; readonly message: string };

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function read(source: Uint8Array | string): Buffer | undefined {
  if (typeof source !== 'string') return Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  return statSync(source).size > PDF_MAX_BYTES ? undefined : readFileSync(source);
}

async function answer(source: Uint8Array | string): Promise<InspectionReport> {
  let bytes: Buffer | undefined;
  try {
    bytes = read(source);
  } catch (error) {
    return { kind: 'failure', message: textOf(error) };
  }
  if (bytes === undefined) return { kind: 'verdict', verdict: { ok: false, rule: 'too_large' } };
  try {
    return { kind: 'verdict', verdict: await checkPdf(bytes) };
  } catch (error) {
    return { kind: 'verdict', verdict: { ok: false, rule: 'unreadable' }, fault: textOf(error) };
  }
}

const port = parentPort;
if (port === null) throw new Error('pdf-worker.ts is run as a worker thread');
// pdf-lib warns on the console of what it repairs, once an object if need be: a file could flood the log.
globalThis.console.warn = () => undefined;
capPdfLibInflation(2 * PDF_LIMITS.structureBytes);
dropLoadingGarbage();
port.on('message', ({ source }: InspectionOrder) => {
  void answer(source).then((report) => port.postMessage(report));
});
port.postMessage({ kind: 'ready' } satisfies InspectionReport);

import { open } from 'node:fs/promises';
import { WorkerPool, WorkersUnavailable } from '../worker-pool/worker-pool.ts';
import { checkLogo, type LogoVerdict } from './logo.ts';
import { checkHead, HEAD_BYTES } from './pdf-head.ts';
import type { PdfVerdict } from './pdf-verdict.ts';
import type { InspectionOrder, InspectionReport } from './pdf-worker.ts';

export interface InspectorOptions {
  /** Threads, hence PDF files inspected at the same time. */
  readonly workers?: number;
  /** Milliseconds after which a file is `too_complex`. */
  readonly timeoutMs?: number;
  /** Milliseconds that a file may wait for a thread before its sender is asked to come again. */
  readonly maxWaitMs?: number;
  /** Files waiting, beyond which senders are asked to come again. Each holds up to 3 MiB. */
  readonly queueLimit?: number;
  /** Mebibytes of JavaScript objects that a file may need. */
  readonly maxOldGenerationMb?: number;
  /** Files after which a thread is renewed: pdf-lib keeps every name it has met. */
  readonly filesPerWorker?: number;
  /** Told of an error of ours met on a file, which was then refused as `unreadable`; to log it. */
  readonly onFault?: (message: string) => void;
}

/** Judges uploaded files by their bytes. */
export interface Inspector {
  /**
   * Judges a PDF, given as bytes (which stay the caller's) or as the absolute path of a file. Bytes in shared memory
   * are read where they are, others are copied: the caller doesn't change them until it has the answer.
   *
   * @throws WorkersBusy when too many files wait: answer 503 with `Retry-After`.
   * @throws WorkersUnavailable when the inspection does not work, or the path cannot be read.
   */
  inspectPdf(source: Uint8Array | string): Promise<PdfVerdict>;
  /** Judges a logo. */
  inspectLogo(bytes: Uint8Array): LogoVerdict;
  /** For the metrics: inspections running and waiting, and threads lost to a file since the start. */
  readonly state: { readonly running: number; readonly waiting: number; readonly deaths: number };
  /** Starts a thread ahead of the first file. */
  warm(): void;
  /** Turns waiting files away, lets running inspections end, stops the threads. */
  close(): Promise<void>;
}

async function readHead(path: string): Promise<{ size: number; head: Uint8Array }> {
  const file = await open(path).catch((cause: unknown) => {
    throw new WorkersUnavailable('The file to inspect cannot be read', { cause });
  });
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { size, head: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

/**
 * Makes an inspector with its own threads, started as files come. One a process is enough.
 *
 * Memory: each thread is limited to `maxOldGenerationMb` of objects, and the bytes it inflates are limited by
 * `PDF_LIMITS`; a thread over its memory or time is killed and replaced, the others go on.
 */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const pool = new WorkerPool<Uint8Array | string, InspectionReport>({
    script: new URL('./pdf-worker.ts', import.meta.url),
    workers: options.workers ?? 2,
    timeoutMs: options.timeoutMs ?? 4500,
    maxWaitMs: options.maxWaitMs ?? 10_000,
    queueLimit: options.queueLimit ?? 32,
    ordersPerWorker: options.filesPerWorker ?? 500,
    maxOldGenerationMb: options.maxOldGenerationMb ?? 192,
    isReady: (report) => report.kind === 'ready',
    onDeath: () => ({ kind: 'verdict', verdict: { ok: false, rule: 'too_complex' } }),
    pack: (source) => {
      if (typeof source === 'string' || source.buffer instanceof SharedArrayBuffer)
        return { message: { source } satisfies InspectionOrder, transfer: [] };
      const copy = new Uint8Array(source);
      return { message: { source: copy } satisfies InspectionOrder, transfer: [copy.buffer] };
    },
  });

  return {
    inspectPdf: async (source) => {
      const { size, head } =
        typeof source === 'string' ? await readHead(source) : { size: source.length, head: source };
      const rule = checkHead(size, head);
      if (rule !== undefined) return { ok: false, rule };
      const report = await pool.run(source);
      if (report.kind !== 'verdict') throw new WorkersUnavailable('The file to inspect cannot be read');
      if (report.fault !== undefined) options.onFault?.(report.fault);
      return report.verdict;
    },
    inspectLogo: checkLogo,
    get state() {
      return pool.state;
    },
    warm: () => pool.warm(),
    close: () => pool.close(),
  };
}

import { WorkerPool, WorkersUnavailable } from '../worker-pool/worker-pool.ts';
import type { SignedContractOrder } from './contract-check.ts';
import { outcomeOf, type SignatureVerdict } from './signature-verdict.ts';
import type { SignatureReport } from './signature-worker.ts';

export interface SignatureCheckerOptions {
  /** Threads, hence files checked at the same time. */
  readonly workers?: number;
  /** Milliseconds after which a file is `too_complex`. */
  readonly timeoutMs?: number;
  /** Milliseconds that a file may wait for a thread. */
  readonly maxWaitMs?: number;
  readonly queueLimit?: number;
  readonly maxOldGenerationMb?: number;
}

/** Checks electronically signed contracts. */
export interface SignatureChecker {
  /**
   * Judges a contract that came back signed against the one that was issued. The bytes stay the caller's; they are
   * copied when a thread takes them.
   *
   * @throws WorkersBusy when too many files wait: answer 503 with `Retry-After`.
   * @throws WorkersUnavailable when the check doesn't work, which includes an issued document or a trusted root that
   *   can't be read.
   */
  checkSignedContract(order: SignedContractOrder): Promise<SignatureVerdict>;
  /** For the metrics. */
  readonly state: { readonly running: number; readonly waiting: number; readonly deaths: number };
  /** Starts a thread ahead of the first file. */
  warm(): void;
  /** Turns waiting files away, lets running checks end, stops the threads. */
  close(): Promise<void>;
}

/** A file on which a thread died, of its time or its memory. */
const TOO_COMPLEX: SignatureVerdict = {
  outcome: outcomeOf(['too_complex']),
  reasons: ['too_complex'],
  signer: undefined,
  signingTime: undefined,
  timestamp: undefined,
  revocation: 'unknown',
  coverage: undefined,
};

/** Makes a checker with its own threads, started as files come. One a process is enough. */
export function createSignatureChecker(options: SignatureCheckerOptions = {}): SignatureChecker {
  const pool = new WorkerPool<SignedContractOrder, SignatureReport>({
    script: new URL('./signature-worker.ts', import.meta.url),
    workers: options.workers ?? 1,
    timeoutMs: options.timeoutMs ?? 4500,
    maxWaitMs: options.maxWaitMs ?? 10_000,
    queueLimit: options.queueLimit ?? 16,
    ordersPerWorker: 500,
    maxOldGenerationMb: options.maxOldGenerationMb ?? 128,
    isReady: (report) => report.kind === 'ready',
    onDeath: () => ({ kind: 'verdict', verdict: TOO_COMPLEX }),
  });
  return {
    checkSignedContract: async (order) => {
      const report = await pool.run(order);
      if (report.kind === 'verdict') return report.verdict;
      throw new WorkersUnavailable(report.kind === 'failure' ? report.message : 'The check does not work');
    },
    get state() {
      return pool.state;
    },
    warm: () => pool.warm(),
    close: () => pool.close(),
  };
}

import { WorkerPool, WorkersUnavailable } from '../worker-pool/worker-pool.ts';
import type { TypesettingOrder, TypesettingReport } from './typst-worker.ts';

/** Data of a template: JSON. */
export type TemplateData = { readonly [name: string]: TemplateValue };
type TemplateValue = string | number | boolean | null | readonly TemplateValue[] | TemplateData;

/** A template that can't be set with this data, or took too long: a fault of ours. */
export class TypesettingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TypesettingError';
  }
}

/** Makes PDF documents from templates. */
export interface Typesetter {
  /**
   * Sets a Typst template (a file of ours) with data, as an accessible PDF (PDF/UA-1) with its fonts inside. The same template, data and date give
   * the same bytes, on every machine. The template reads the data by `json(bytes(sys.inputs.data))`: they are never source text. Characters that the
   * font lacks are replaced as `showable` says.
   *
   * @param madeAt What the PDF says of its date.
   * @throws TypesettingError when the template fails, or its time is over.
   * @throws WorkersBusy when too many documents wait.
   * @throws WorkersUnavailable when the threads don't start, or the typesetter is closed.
   */
  typeset(template: URL, data: TemplateData, madeAt: Date): Promise<Uint8Array>;
  /** Ends what runs, takes nothing more. */
  close(): Promise<void>;
}

export interface TypesetterOptions {
  /** Milliseconds for one document. A hundred invoices take 50, a cold start ten times that. */
  readonly timeoutMs?: number;
  /** Milliseconds that a document may wait for its turn. */
  readonly maxWaitMs?: number;
  readonly queueLimit?: number;
}

/** A typesetter with one thread of its own, started with the first document. One a process is enough. */
export function createTypesetter(options: TypesetterOptions = {}): Typesetter {
  const pool = new WorkerPool<TypesettingOrder, TypesettingReport>({
    script: new URL('./typst-worker.ts', import.meta.url),
    workers: 1,
    timeoutMs: options.timeoutMs ?? 4500,
    maxWaitMs: options.maxWaitMs ?? 10_000,
    queueLimit: options.queueLimit ?? 64,
    // What Typst remembers of earlier documents goes with its thread.
    ordersPerWorker: 2000,
    maxOldGenerationMb: 128,
    isReady: (report) => report.kind === 'ready',
    onDeath: (death) => ({ kind: 'failure', message: `the thread ended: ${death}` }),
  });
  return {
    typeset: async (template, data, madeAt) => {
      const report = await pool.run({
        template: template.href,
        data: JSON.stringify(data),
        madeAt: Math.floor(madeAt.getTime() / 1000),
      });
      if (report.kind === 'document') return report.pdf;
      if (report.kind === 'failure') throw new TypesettingError(report.message);
      throw new WorkersUnavailable('The typesetting does not work');
    },
    close: () => pool.close(),
  };
}

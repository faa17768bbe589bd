/** Files on their way to the server, a few at a time; each document has one at most. Knows neither React nor the network. */
import type { DocumentName } from '@rnoce/schemas/documents';

/** Files sent at the same time: more would only slow each other down on a phone's line. */
export const parallelUploads = 2;

export type Upload =
  | { readonly kind: 'waiting' | 'sending' | 'checking'; readonly fileName: string; readonly part: number }
  | { readonly kind: 'failed'; readonly fileName: string; readonly file: File; readonly error: unknown };

export type Uploads = Readonly<Partial<Record<DocumentName, Upload>>>;

export interface UploadStore {
  readonly snapshot: () => Uploads;
  readonly subscribe: (watcher: () => void) => () => void;
  /** Sends a file for a document, giving up the one under way. Resolves when it is over, sent or not. `by`: another way than the store's. */
  readonly send: (document: DocumentName, file: File, by?: SendDocument) => Promise<void>;
  readonly cancel: (document: DocumentName) => void;
  /** Forgets the failure shown at a document. */
  readonly dismiss: (document: DocumentName) => void;
}

export type SendDocument = (
  document: DocumentName,
  file: File,
  options: { readonly signal: AbortSignal; readonly onProgress: (part: number) => void },
) => Promise<void>;

export function createUploadStore(sendPlain: SendDocument): UploadStore {
  const watchers = new Set<() => void>();
  const ending = new Map<DocumentName, AbortController>();
  let uploads: Uploads = {};
  let underWay = 0;
  const queue: (() => void)[] = [];

  const set = (document: DocumentName, upload: Upload | undefined) => {
    const { [document]: _, ...others } = uploads;
    uploads = upload ? { ...others, [document]: upload } : others;
    for (const watcher of watchers) watcher();
  };
  const turn = (): Promise<void> => {
    if (underWay < parallelUploads) {
      underWay += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => queue.push(resolve));
  };
  const done = () => {
    const next = queue.shift();
    if (next) next();
    else underWay -= 1;
  };

  async function run(
    document: DocumentName,
    file: File,
    abort: AbortController,
    send: SendDocument,
  ): Promise<void> {
    const { signal } = abort;
    const show = (upload: Upload | undefined) => {
      if (ending.get(document) === abort) set(document, upload);
    };
    const base = { fileName: file.name, part: 0 };
    show({ ...base, kind: 'waiting' });
    await turn();
    try {
      signal.throwIfAborted();
      show({ ...base, kind: 'sending' });
      await send(document, file, {
        signal,
        // All the bytes have left: what remains is the server's judgement.
        onProgress: (part) => show({ ...base, part, kind: part >= 1 ? 'checking' : 'sending' }),
      });
      show(undefined);
    } catch (error) {
      show(signal.aborted ? undefined : { kind: 'failed', fileName: file.name, file, error });
    } finally {
      if (ending.get(document) === abort) ending.delete(document);
      done();
    }
  }

  const cancel = (document: DocumentName) => {
    ending.get(document)?.abort();
  };
  return {
    snapshot: () => uploads,
    subscribe: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    send: (document, file, by = sendPlain) => {
      cancel(document);
      const abort = new AbortController();
      ending.set(document, abort);
      return run(document, file, abort, by);
    },
    cancel,
    dismiss: (document) => {
      if (uploads[document]?.kind === 'failed') set(document, undefined);
    },
  };
}

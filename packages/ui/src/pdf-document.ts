import type { PDFDocumentProxy } from 'pdfjs-dist';

/** An open document, and how to let go of its memory. */
export interface OpenedPdf {
  readonly document: PDFDocumentProxy;
  readonly close: () => Promise<void>;
}

/** Where the build puts what pdf.js fetches by itself (decoders of scans, fonts): see `pdfAssets` of the Vite configuration. */
const assets = `${import.meta.env.BASE_URL}assets/pdfjs/`;

/** Opens a PDF by its address or its bytes (which pdf.js then owns), loading pdf.js and its worker the first time. Scripts and XFA forms in the document are never run. */
export async function openPdf(source: string | Uint8Array, signal: AbortSignal): Promise<OpenedPdf> {
  const [pdfjs, worker] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  signal.throwIfAborted();
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default;
  const task = pdfjs.getDocument({
    ...(typeof source === 'string' ? { url: source } : { data: source }),
    enableXfa: false,
    wasmUrl: `${assets}wasm/`,
    standardFontDataUrl: `${assets}standard_fonts/`,
  });
  const close = async () => {
    await task.destroy();
  };
  signal.addEventListener('abort', () => void close(), { once: true });
  return { document: await task.promise, close };
}

/** Draws a page on a canvas, `width` CSS pixels wide. */
export async function drawPage(
  { document }: OpenedPdf,
  pageNumber: number,
  canvas: HTMLCanvasElement,
  width: number,
): Promise<void> {
  const page = await document.getPage(pageNumber);
  const natural = page.getViewport({ scale: 1 });
  const density = Math.min(window.devicePixelRatio, 2);
  const viewport = page.getViewport({ scale: (width / natural.width) * density });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  canvas.style.width = `${width}px`;
  await page.render({ canvas, viewport }).promise;
}

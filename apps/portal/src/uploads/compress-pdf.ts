/** Makes a scan lighter in the browser: each page is drawn and kept as one JPEG. The file never leaves the machine for it. */
import { openPdf } from '@rnoce/ui';
import { type ImagePage, imagePdf } from './image-pdf.ts';

/** Enough to read a stamp and small print; tried in turn until the file is light enough. */
const tries = [
  { dpi: 150, quality: 0.7 },
  { dpi: 120, quality: 0.6 },
  { dpi: 100, quality: 0.5 },
] as const;

/** Larger files and longer documents would take minutes and a phone's whole memory. */
const maxSourceBytes = 60 * 1024 * 1024;
const maxPages = 60;

/** Pixels of a page's longer side at most: a plan drawn at 150 dpi would not fit a canvas. */
const maxSide = 3500;

const pointsPerInch = 72;

async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Blob>();
  canvas.toBlob(
    (blob) => (blob ? resolve(blob) : reject(new Error('The canvas gave no picture'))),
    'image/jpeg',
    quality,
  );
  return new Uint8Array(await (await promise).arrayBuffer());
}

type Document = Awaited<ReturnType<typeof openPdf>>['document'];

async function drawPage(
  document: Document,
  number: number,
  { dpi, quality }: (typeof tries)[number],
): Promise<ImagePage> {
  const page = await document.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const scale = Math.min(dpi / pointsPerInch, maxSide / Math.max(natural.width, natural.height));
  const viewport = page.getViewport({ scale });
  const canvas = window.document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  await page.render({ canvas, viewport, background: 'white' }).promise;
  const picture: ImagePage = {
    jpeg: await jpegOf(canvas, quality),
    pixelWidth: canvas.width,
    pixelHeight: canvas.height,
    pointWidth: natural.width,
    pointHeight: natural.height,
  };
  page.cleanup();
  // Gives the memory back at once; browsers otherwise keep it until their next collection.
  canvas.width = 0;
  return picture;
}

/** `impossible`: encrypted, broken, too long or too large to be drawn here. `still_too_large`: even at the lowest quality. */
export type Compression =
  | { readonly kind: 'done'; readonly file: File }
  | { readonly kind: 'still_too_large'; readonly bytes: number }
  | { readonly kind: 'impossible' };

/** A lighter copy of a PDF, `maxBytes` at most. `onProgress` hears 0 to 1. Throws only when `signal` ends it. */
export async function compressPdf(
  file: File,
  maxBytes: number,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (part: number) => void },
): Promise<Compression> {
  if (file.size > maxSourceBytes) return { kind: 'impossible' };
  const closing = new AbortController();
  signal.addEventListener('abort', () => closing.abort(), { once: true });
  try {
    const { document } = await openPdf(new Uint8Array(await file.arrayBuffer()), closing.signal);
    if (document.numPages > maxPages) return { kind: 'impossible' };
    let bytes = file.size;
    for (const [turn, settings] of tries.entries()) {
      const pages: ImagePage[] = [];
      for (let number = 1; number <= document.numPages; number += 1) {
        signal.throwIfAborted();
        pages.push(await drawPage(document, number, settings));
        onProgress((turn + number / document.numPages) / tries.length);
      }
      const made = imagePdf(pages);
      bytes = made.length;
      if (bytes <= maxBytes) {
        return { kind: 'done', file: new File([made], file.name, { type: 'application/pdf' }) };
      }
    }
    return { kind: 'still_too_large', bytes };
  } catch (error) {
    if (signal.aborted) throw error;
    return { kind: 'impossible' };
  } finally {
    closing.abort();
  }
}

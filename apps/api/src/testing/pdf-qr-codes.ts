import jsqr from 'jsqr';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Dots to the inch of an office printer's draft, and of a phone's camera held over it. */
const dotsPerInch = 150;
const pointsPerInch = 72;

/** What pdf.js draws on: without a browser's types, an object that it makes and is given back, and its pixels. */
interface CanvasFactory {
  create: (
    width: number,
    height: number,
  ) => {
    canvas: object;
    context: {
      getImageData: (x: number, y: number, width: number, height: number) => { data: Uint8ClampedArray };
    };
  };
}

/** The text of the QR code on each page that has one, read from the page as it is drawn. */
export async function readQrCodes(bytes: Uint8Array): Promise<string[]> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  try {
    const document = await task.promise;
    const found: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const viewport = page.getViewport({ scale: dotsPerInch / pointsPerInch });
      const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
      const { canvas, context } = (document.canvasFactory as CanvasFactory).create(width, height);
      await page.render({ canvas, canvasContext: context, viewport }).promise;
      // CommonJS, whose default is declared as one of its keys.
      const code = jsqr.default(context.getImageData(0, 0, width, height).data, width, height);
      if (code) found.push(code.data);
    }
    return found;
  } finally {
    await task.destroy();
  }
}

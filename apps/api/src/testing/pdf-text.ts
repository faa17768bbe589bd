import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';

const TextContent = z.object({ items: z.array(z.object({ str: z.string().default('') })) });
const Metadata = z.object({ info: z.object({ Title: z.string(), Language: z.string() }) });

interface ReadPdf {
  /** Each run of text of a page, as it is drawn. */
  readonly pages: readonly (readonly string[])[];
  readonly title: string;
  readonly language: string;
  /** What assistive technology hears of the first page: `H1`, `Table`, `TH`… */
  readonly roles: ReadonlySet<string>;
}

/** What a reader of PDF files finds in one. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  try {
    const document = await task.promise;
    const pages: string[][] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = TextContent.parse(await (await document.getPage(number)).getTextContent());
      pages.push(items.map(({ str }) => str).filter((text) => text.trim() !== ''));
    }
    const { info } = Metadata.parse(await document.getMetadata());
    const tree = JSON.stringify(await (await document.getPage(1)).getStructTree());
    const roles = new Set([...tree.matchAll(/"role":"(\w+)"/g)].map(([, role = '']) => role));
    return { pages, title: info.Title, language: info.Language, roles };
  } finally {
    await task.destroy();
  }
}

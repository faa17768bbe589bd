import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { readGlyphs, showable } from './glyphs.ts';
import { unpackWoff } from './woff.ts';

/** What the thread is asked. */
export interface TypesettingOrder {
  /** `file:` address of the template. */
  readonly template: string;
  /** JSON. */
  readonly data: string;
  /** Seconds since 1970. */
  readonly madeAt: number;
}

/** What it tells: that it is ready, then one answer to each order. */
export type TypesettingReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'document'; readonly pdf: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failure'; readonly message: string };

const require = createRequire(import.meta.url);
const fonts = [
  require.resolve('@ibm/plex-sans-arabic/fonts/complete/woff/IBMPlexSansArabic-Regular.woff'),
  require.resolve('@ibm/plex-sans-arabic/fonts/complete/woff/IBMPlexSansArabic-Bold.woff'),
].map((path) => unpackWoff(readFileSync(path)));
const [regular, ...others] = fonts.map(readGlyphs);
if (!regular) throw new Error('There is no font.');
/** What every weight can show. */
const glyphs = new Set([...regular].filter((point) => others.every((font) => font.has(point))));

/** Typst forgets what it hasn't needed for so many documents: more takes 60 MB and is no faster. */
const rememberedDocuments = 3;
const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts }] });

const readTemplate = (address: string): string => readFileSync(fileURLToPath(address), 'utf8');

function typeset({ template, data, madeAt }: TypesettingOrder): Uint8Array<ArrayBuffer> {
  const shown: unknown = JSON.parse(data, (_name, value: unknown) =>
    typeof value === 'string' ? showable(value, glyphs) : value,
  );
  const result = compiler.compile({
    mainFileContent: readTemplate(template),
    inputs: { data: JSON.stringify(shown) },
  });
  const fault = result.takeError();
  if (fault) throw new Error(JSON.stringify(fault.shortDiagnostics));
  const warnings = result.takeWarnings();
  if (warnings) throw new Error(JSON.stringify(warnings.shortDiagnostics));
  const document = result.result;
  if (!document) throw new Error('Typst gave no document.');
  const pdf = compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp: madeAt });
  compiler.evictCache(rememberedDocuments);
  return new Uint8Array(pdf);
}

const port = parentPort;
if (port === null) throw new Error('typst-worker.ts is run as a worker thread');
port.on('message', (order: TypesettingOrder) => {
  let report: TypesettingReport;
  try {
    report = { kind: 'document', pdf: typeset(order) };
  } catch (error) {
    report = { kind: 'failure', message: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(report, report.kind === 'document' ? [report.pdf.buffer] : []);
});
port.postMessage({ kind: 'ready' } satisfies TypesettingReport);

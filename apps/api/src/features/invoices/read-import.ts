import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { InvoiceLine, maxImportLines, pointerOf, validate } from '@rnoce/schemas';
import { ProblemError } from '../../plugins/problems.ts';
import { storable } from '../../plugins/storable.ts';
import { createFaults, type Faults } from './import-faults.ts';
import { importRefused } from './invoices.errors.ts';
import { type PublishedInvoice, readLine } from './invoices.states.ts';
import { readCsv } from './read-csv.ts';

/** A line before its values are judged. */
export interface RawLine {
  /** As people count it in their file: the line of the text, or the item of the list. */
  readonly place: number;
  readonly pointer: string;
  readonly values: unknown;
}

/** A line whose number can be read; `given` is missing when something else in it is wrong. */
export interface ImportedLine extends Omit<RawLine, 'values'> {
  readonly number: string;
  readonly given: PublishedInvoice | undefined;
}

/** Lines judged before others have their turn. */
const turn = 250;

const newline = 0x0a;

function firstWrongLine(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(newline, from);
    const to = end === -1 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(from, to))) return line;
    from = to + 1;
  }
  return line;
}

/** The text of UTF-8 bytes, with or without byte order mark. Throws `import_refused`, in words for who saved it otherwise. */
function decode(bytes: Buffer, pointerOfLine: (line: number) => string): string {
  const mark = bytes.readUInt16BE.bind(bytes);
  const isUtf16 = bytes.length >= 2 && (mark(0) === 0xfffe || mark(0) === 0xfeff || bytes.includes(0));
  if (isUtf16) throw importRefused([{ pointer: '', code: 'encoding_utf16' }]);
  if (!isUtf8(bytes))
    throw importRefused([{ pointer: pointerOfLine(firstWrongLine(bytes)), code: 'encoding_not_utf8' }]);
  return new TextDecoder().decode(bytes);
}

/** The lines of `{ "invoices": [...] }`. Throws `malformed` and `import_refused`. */
function readJson(text: string, faults: Faults): RawLine[] {
  let parsed: unknown;
  try {
    parsed = storable(JSON.parse(text));
  } catch {
    throw new ProblemError('malformed');
  }
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  const { invoices, ...others } = isObject ? (parsed as Record<string, unknown>) : {};
  for (const key of Object.keys(others)) faults.add(0, { pointer: pointerOf([key]), code: 'unknown_field' });
  if (!Array.isArray(invoices))
    throw importRefused([{ pointer: '/invoices', code: 'required' }, ...faults.list()]);
  if (invoices.length > maxImportLines) throw tooMany('/invoices');
  if (invoices.length === 0) faults.add(0, { pointer: '/invoices', code: 'required' });
  return invoices.map((values: unknown, index) => ({
    place: index + 1,
    pointer: pointerOf(['invoices', index]),
    values,
  }));
}

const tooMany = (pointer: string) =>
  importRefused([{ pointer, code: 'max_items', params: { max: maxImportLines } }]);

/** Judges every line, letting others have their turn now and then; what is wrong goes to `faults`. */
async function judgeLines(lines: readonly RawLine[], faults: Faults): Promise<ImportedLine[]> {
  const judged: ImportedLine[] = [];
  for (const [index, { place, pointer, values }] of lines.entries()) {
    if (index % turn === turn - 1) await setImmediate();
    const { value, issues } = validate(InvoiceLine, values);
    for (const issue of issues) faults.add(place, { ...issue, pointer: `${pointer}${issue.pointer}` });
    // Its number is compared with the others', also when another of its values is wrong: all faults are told at once.
    const number = value ? value.number : readNumber(values, issues);
    if (number !== undefined) judged.push({ place, pointer, number, given: value && readLine(value) });
  }
  return judged;
}

function readNumber(values: unknown, issues: readonly { pointer: string }[]): string | undefined {
  const isWrong = issues.some(({ pointer }) => pointer === '' || pointer === '/number');
  if (isWrong || typeof values !== 'object' || values === null || !('number' in values)) return undefined;
  return typeof values.number === 'string' ? values.number.trim() : undefined;
}

/**
 * Reads a file of invoices, JSON or CSV, and judges each of its lines. Throws `import_refused` when it can't be read as lines at all, or has
 * too many, and `malformed` for what isn't JSON.
 */
export async function readImport(
  bytes: Buffer,
  mediaType: 'application/json' | 'text/csv',
): Promise<{ lines: ImportedLine[]; faults: Faults }> {
  const faults = createFaults();
  if (mediaType === 'application/json') {
    const raw = readJson(
      decode(bytes, () => ''),
      faults,
    );
    return { lines: await judgeLines(raw, faults), faults };
  }
  const raw = await readCsv(
    decode(bytes, (line) => pointerOf(['lines', line])),
    faults,
  );
  if (raw.length > maxImportLines) throw tooMany('');
  return { lines: await judgeLines(raw, faults), faults };
}

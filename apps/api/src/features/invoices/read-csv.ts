import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { type Issue, invoiceColumns, maxImportLines, pointerOf } from '@rnoce/schemas';
import { CsvError, parse } from 'csv-parse';
import type { Faults } from './import-faults.ts';
import { importRefused } from './invoices.errors.ts';
import type { RawLine } from './read-import.ts';

type Column = (typeof invoiceColumns)[number];
const optionalColumns: ReadonlySet<string> = new Set<Column>(['clientKind', 'currency', 'methods']);
/** Longest line, in characters: the longest values, and room for quotes. */
const maxRecord = 4096;

/** `1 234,5` → `1234.50`. Anything but digits, blanks between thousands and one separator of one or two decimals stays what it is, and is refused. */
function readAmount(cell: string): string {
  const compact = /^\d{1,3}(?:\s\d{3})+(?:[.,]\d{1,2})?$/u.test(cell) ? cell.replaceAll(/\s/gu, '') : cell;
  const [, whole, places] = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(compact) ?? [];
  if (whole === undefined) return cell;
  return places === undefined ? whole : `${whole}.${places.padEnd(2, '0')}`;
}

/** `29/10/2022` → `2022-10-29`. */
const readDate = (cell: string): string => cell.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1');

/** How a cell becomes the value that JSON would have; a cell is text, whatever a spreadsheet would make of it. */
const readers: Partial<Record<Column, (cell: string) => unknown>> = {
  amount: readAmount,
  issuedOn: readDate,
  dueOn: readDate,
  methods: (cell) => cell.toLowerCase().split(/[|\s]+/u),
  currency: (cell) => cell.toUpperCase(),
  clientKind: (cell) => cell.toLowerCase(),
};

/** The header's columns, whatever their case and order. Throws `import_refused` when one is missing, repeated or unknown. */
function readHeader(cells: readonly string[], pointer: string): Column[] {
  const known = new Map(invoiceColumns.map((column) => [column.toLowerCase(), column]));
  const columns = cells.map((cell) => known.get(cell.trim().toLowerCase()));
  const issues = cells.flatMap((cell, index): Issue[] => {
    const column = columns[index];
    if (!column) return [{ pointer, code: 'column_unknown', params: { column: cell.trim().slice(0, 40) } }];
    return columns.indexOf(column) < index ? [{ pointer, code: 'column_repeated', params: { column } }] : [];
  });
  const missing = invoiceColumns
    .filter((column) => !optionalColumns.has(column) && !columns.includes(column))
    .map((column) => ({ pointer, code: 'column_missing' as const, params: { column } }));
  if (issues.length + missing.length > 0) throw importRefused([...missing, ...issues.slice(0, 50)]);
  return columns.filter((column) => column !== undefined);
}

const valuesOf = (columns: readonly Column[], cells: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    columns.flatMap((column, index) => {
      const cell = (cells[index] ?? '').replaceAll('\0', '').trim();
      if (cell === '') return [];
      return [[column, readers[column]?.(cell) ?? cell]];
    }),
  );

/** The separator that the header has more of. */
function separatorOf(text: string): ',' | ';' {
  const [header = ''] = text.trimStart().split(/[\r\n]/, 1);
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

/** A record is numbered by its first line, and the parser tells its last. */
const firstLine = (lastLine: number, cells: readonly string[]): number =>
  lastLine - cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);

/** Characters that are parsed before others have their turn. */
const pieceLength = 64 * 1024;

async function* piecesOf(text: string, isEnough: () => boolean): AsyncGenerator<string> {
  for (let from = 0; from < text.length && !isEnough(); from += pieceLength) {
    yield text.slice(from, from + pieceLength);
    await setImmediate();
  }
}

/**
 * The lines of a CSV text below its header, one more than allowed at most. Lines of blanks are left out. A line with another number of
 * columns goes to `faults`, and so does the quotation mark after which nothing can be read. Throws `import_refused` for a wrong header, and
 * for a text without lines.
 */
export async function readCsv(typed: string, faults: Faults): Promise<RawLine[]> {
  const text = typed.replaceAll(/\r\n?/g, '\n');
  const lines: RawLine[] = [];
  let columns: Column[] | undefined;
  let lastPlace = 0;
  const readRecord = (cells: string[], { lines: lastLine }: { readonly lines: number }): null => {
    const place = firstLine(lastLine, cells);
    const pointer = pointerOf(['lines', place]);
    if (!columns) columns = readHeader(cells, pointer);
    else if (cells.length === columns.length)
      lines.push({ place, pointer, values: valuesOf(columns, cells) });
    else
      faults.add(place, {
        pointer,
        code: 'columns_differ',
        params: { expected: columns.length, found: cells.length },
      });
    lastPlace = lastLine;
    return null;
  };
  const parser = parse({
    delimiter: separatorOf(text),
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: maxRecord,
    on_record: readRecord,
  });
  try {
    await pipeline(
      piecesOf(text, () => lines.length > maxImportLines),
      parser.resume(),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A mark that is never closed is told where its line begins, not where the file ends.
    const place = error.code === 'CSV_QUOTE_NOT_CLOSED' ? lastPlace + 1 : Number(error.lines);
    faults.add(place, { pointer: pointerOf(['lines', place]), code: 'quotes_unbalanced' });
    return lines;
  }
  if (lines.length === 0 && faults.list().length === 0)
    throw importRefused([{ pointer: '', code: 'required' }]);
  return lines;
}

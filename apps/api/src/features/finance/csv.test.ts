import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';

const read = (text: string): string[] => parse(text, { delimiter: ';' })[0] ?? [];
const dangerousStarts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/** Anything, and more often than chance what spreadsheets trip over. */
const anyCell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc
    .tuple(fc.constantFrom(...dangerousStarts, '"', ';', '\r\n', "'"), fc.string())
    .map(([start, rest]) => `${start}${rest}`),
);

describe('a line of a CSV file', () => {
  it('has no cell that a spreadsheet takes for a formula, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { minLength: 1, maxLength: 8 }), (values) => {
        for (const cell of read(csvLine(values)))
          expect(dangerousStarts.some((start) => cell.startsWith(start))).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('holds its cells whole, the apostrophe of the dangerous ones aside', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { minLength: 1, maxLength: 8 }), (values) => {
        const expected = values.map((value) =>
          dangerousStarts.some((start) => value.startsWith(start)) ? `'${value}` : value,
        );
        expect(read(csvLine(values))).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('quotes every cell, and ends as RFC 4180 says', () => {
    expect(csvLine(['STE "IMP"; SARL', '=1+1', '840,00', ''])).toBe(
      '"STE ""IMP""; SARL";"\'=1+1";"840,00";""\r\n',
    );
  });
});

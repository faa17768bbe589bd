/** A file that Excel in French opens as a table: UTF-8 with its mark, semicolons, every cell quoted, lines ended as RFC 4180 says. */

/** Before the first line: without it Excel reads another encoding. */
export const byteOrderMark = '\uFEFF';

/** What a spreadsheet takes for the beginning of a formula, or of something that hides one; full-width forms too. */
const dangerous = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** A cell that no spreadsheet takes for a formula: one that begins like it gets an apostrophe, which keeps it text (CWE-1236). */
const cell = (value: string): string => {
  const inert = dangerous.test(value) ? `'${value}` : value;
  return `"${inert.replaceAll('"', '""')}"`;
};

export const csvLine = (values: readonly string[]): string => `${values.map(cell).join(';')}\r\n`;

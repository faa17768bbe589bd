/** One movement of money in a provider's daily file. */
export interface SettlementRow {
  readonly attemptReference: string;
  readonly gatewayTransactionId: string;
  readonly kind: 'payment' | 'refund' | 'reversal';
  /** Always positive; `kind` gives the direction. */
  readonly amountCentimes: number;
  readonly currency: string;
  /** As the provider writes it. */
  readonly occurredAt: string;
}

export interface SettlementFile {
  readonly rows: readonly SettlementRow[];
  /** Lines that can't be read, counted from 1 with the header; a file with faults must not be taken for complete. */
  readonly faults: readonly { readonly line: number; readonly reason: string }[];
}

export interface SettlementFormat {
  readonly separator: ',' | ';';
  readonly columns: readonly string[];
  /** The row of a line, or what is wrong with it. */
  readonly row: (value: (column: string) => string) => SettlementRow | string;
}

const maxBytes = 64 * 1024 * 1024;

/** The values of one line: quoted or not, quotes doubled inside quotes, no line break inside. Undefined when a quote isn't closed. */
function splitLine(line: string, separator: string): string[] | undefined {
  const values: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    if (!quoted && rest.startsWith('"')) return undefined;
    const end = quoted ? quoted[0].length : (rest.indexOf(separator) + 1 || rest.length + 1) - 1;
    values.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : rest.slice(0, end));
    if (end >= rest.length) return values;
    if (!rest.startsWith(separator, end)) return undefined;
    rest = rest.slice(end + 1);
  }
}

/**
 * Reads a daily file: UTF-8, a header line with all the columns in any order, one movement a line. The formats are ours
 * (docs/decisions/007-gateways-behind-one-interface.md), the providers' being part of their contracts. Never throws.
 */
export function parseSettlementCsv(content: Buffer, format: SettlementFormat): SettlementFile {
  const faults: { line: number; reason: string }[] = [];
  const rows: SettlementRow[] = [];
  if (content.length > maxBytes) return { rows, faults: [{ line: 1, reason: 'too_large' }] };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return { rows, faults: [{ line: 1, reason: 'not_utf8' }] };
  }
  const [header = '', ...lines] = text.split(/\r?\n/);
  const columns = splitLine(header, format.separator) ?? [];
  if (!format.columns.every((column) => columns.filter((name) => name === column).length === 1))
    return { rows, faults: [{ line: 1, reason: 'wrong_header' }] };
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const values = splitLine(line, format.separator);
    const read =
      values?.length === columns.length
        ? format.row((column) => values[columns.indexOf(column)] ?? '')
        : 'wrong_columns';
    if (typeof read === 'string') faults.push({ line: index + 2, reason: read });
    else rows.push(read);
  }
  return { rows, faults };
}

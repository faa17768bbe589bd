import type { ImportReport } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { IssuerRecord } from '../issuers/issuers.repository.ts';
import type { Faults } from './import-faults.ts';
import { recordInvoiceEvents } from './invoice-events.ts';
import { importRefused } from './invoices.errors.ts';
import {
  holdIssuer,
  type InvoiceRecord,
  insertInvoices,
  lockNumbered,
  numberKeys,
  republishInvoices,
} from './invoices.repository.ts';
import { judgePublication, type PublishedInvoice } from './invoices.states.ts';
import { type ImportedLine, readImport } from './read-import.ts';

/** Lines of one statement. */
const batchSize = 1000;

interface KeyedLine extends ImportedLine {
  /** The number as the unique index compares it. */
  readonly key: string;
}
interface Sorted {
  readonly created: PublishedInvoice[];
  readonly changed: { id: string; wasCancelled: boolean; given: PublishedInvoice }[];
  unchanged: number;
}

/** The same number twice is a fault of both lines: which of them is right, only the issuer knows. */
function reportRepeated(lines: readonly KeyedLine[], faults: Faults): void {
  const byKey = Map.groupBy(lines, ({ key }) => key);
  for (const twins of byKey.values()) {
    if (twins.length < 2) continue;
    for (const [index, { place, pointer }] of twins.entries())
      faults.add(place, {
        pointer: `${pointer}/number`,
        code: 'number_repeated',
        params: { line: (index === 0 ? twins[1] : twins[0])?.place ?? place },
      });
  }
}

/** What is to be written; a paid invoice that differs is a fault. */
function sortLines(
  lines: readonly KeyedLine[],
  kept: ReadonlyMap<string, InvoiceRecord>,
  faults: Faults,
): Sorted {
  const sorted: Sorted = { created: [], changed: [], unchanged: 0 };
  for (const { place, pointer, key, given } of lines) {
    if (!given) continue;
    const invoice = kept.get(key);
    const publication = judgePublication(invoice, given);
    if (publication === 'refused') faults.add(place, { pointer: `${pointer}/number`, code: 'invoice_paid' });
    else if (publication === 'unchanged') sorted.unchanged += 1;
    else if (invoice)
      sorted.changed.push({ id: invoice.id, wasCancelled: invoice.status === 'cancelled', given });
    else sorted.created.push(given);
  }
  return sorted;
}

function* batchesOf<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += batchSize) yield all.slice(from, from + batchSize);
}

/**
 * Publishes all the invoices of a file, or none. Throws `import_refused` with every wrong line, and `malformed` for what isn't JSON. The
 * same file again changes nothing.
 */
export async function importInvoices(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  issuer: IssuerRecord,
  bytes: Buffer,
  mediaType: 'application/json' | 'text/csv',
): Promise<ImportReport> {
  const { lines, faults } = await readImport(bytes, mediaType);
  const keys = await numberKeys(
    database,
    lines.map(({ number }) => number),
  );
  const keyed = lines.map((line, index): KeyedLine => ({ ...line, key: keys[index] ?? '' }));
  reportRepeated(keyed, faults);
  return await database.transaction(async (tx) => {
    await holdIssuer(tx, issuer.id, 'alone');
    const { created, changed, unchanged } = sortLines(keyed, await lockNumbered(tx, issuer.id, keys), faults);
    const wrong = faults.list();
    if (wrong.length > 0) throw importRefused(wrong);
    const at = now();
    for (const batch of batchesOf(created)) await insertInvoices(tx, issuer.id, batch, at);
    for (const batch of batchesOf(changed)) await republishInvoices(tx, issuer.id, batch, at);
    const reopened = changed.flatMap(({ wasCancelled, given }) => (wasCancelled ? [given] : []));
    await recordInvoiceEvents(tx, 'invoice.created', issuer, [...created, ...reopened], at);
    return { lines: lines.length, created: created.length, changed: changed.length, unchanged };
  });
}

import { and, asc, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { invalid } from './problems.ts';

/** A row of a list that programs walk: which transaction wrote it (`transactionId`), and its id. */
interface Place {
  readonly transaction: string;
  readonly id: string;
}
interface FeedColumns {
  readonly transaction: PgColumn;
  readonly id: PgColumn;
}

/** A cursor names its feed: in another one it would stand at a place of nothing there, and what comes before it would be missed unseen. */
export type Feed = 'events' | 'payments';

/** Cursors of before name no feed; they don't grow old (docs/integrators/reconciliation.md). */
const placePattern = /^(?:([a-z]+)\.)?(\d{1,20})\.([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;
/** Largest transaction number of PostgreSQL, 64 bits. */
const lastTransaction = 2n ** 64n - 1n;

const writeCursor = (feed: Feed, { transaction, id }: Place): string =>
  Buffer.from(`${feed}.${transaction}.${id}`).toString('base64url');

/** Throws `validation` for what is none of our cursors, and for another feed's. */
function readCursor(feed: Feed, cursor: string): Place {
  const decoded = Buffer.from(cursor, 'base64url').toString();
  const [, named = feed, transaction, id] = placePattern.exec(decoded) ?? [];
  if (
    named !== feed ||
    transaction === undefined ||
    id === undefined ||
    BigInt(transaction) > lastTransaction
  )
    throw invalid([{ pointer: '/cursor', code: 'invalid' }]);
  return { transaction, id };
}

/**
 * The rows of a feed behind a cursor, of the transactions that no running one comes before. So what is not there yet comes behind what was
 * walked, never before it: walking misses none and repeats none. A transaction that stays open holds back what was written after its
 * first write, of every table. Throws `validation` for a cursor that is none of this feed's.
 */
export function feedBehind(
  feed: Feed,
  { transaction, id }: FeedColumns,
  cursor: string | undefined,
): SQL | undefined {
  const isSettled = sql`${transaction} < pg_snapshot_xmin(pg_current_snapshot())`;
  if (cursor === undefined) return isSettled;
  const place = readCursor(feed, cursor);
  return and(isSettled, sql`(${transaction}, ${id}) > (${place.transaction}::xid8, ${place.id}::uuid)`);
}

/** In the order of the feed: the one that `feedBehind` continues. */
export const feedOrder = ({ transaction, id }: FeedColumns): SQL[] => [asc(transaction), asc(id)];

/** Where the feed goes on: behind the last row, or where it stood when there is none. Null when nothing was ever there. */
export function nextCursor(feed: Feed, rows: readonly Place[], cursor: string | undefined): string | null {
  const last = rows.at(-1);
  return last ? writeCursor(feed, last) : (cursor ?? null);
}

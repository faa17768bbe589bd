import { type SQL, sql } from 'drizzle-orm';
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Primary key: time-ordered, so that indexes grow at their end. */
export const primaryId = () => uuid().primaryKey().default(sql`uuidv7()`);
export const instant = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });
/**
 * The transaction that wrote the row. Ids and instants are drawn before the commit, so that a list in their order may show a row before an
 * earlier one; whoever walks by this number up to `pg_snapshot_xmin(pg_current_snapshot())` misses none.
 */
export const transactionId = () => xid8().notNull().default(sql`pg_current_xact_id()`);
export const createdAt = () => instant().notNull().default(sql`now()`);

/**
 * Text without case, accents or Arabic vowel signs, for searching. One expression for what is stored and for what is asked, so that
 * they always agree; every function in it is immutable, as a generated column demands.
 */
export const folded = (text: SQL): SQL =>
  sql`lower(regexp_replace(normalize(${text}, NFKD), '[\\u0300-\\u036f\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670]', '', 'g'))`;

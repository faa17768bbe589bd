import { sql } from 'drizzle-orm';
import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** Primary key: time-ordered, so that indexes grow at their end. */
export const primaryId = () => uuid().primaryKey().default(sql`uuidv7()`);
export const instant = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });
export const createdAt = () => instant().notNull().default(sql`now()`);

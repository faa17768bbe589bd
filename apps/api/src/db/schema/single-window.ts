import type { SingleWindowAccountStatus } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, primaryId } from './columns.ts';
import { filings } from './filings.ts';

/** The accounts that a validated PortNet filing opens, one a user; the id is the reference by which the single window knows a repetition. */
export const singleWindowAccounts = pgTable(
  'single_window_accounts',
  {
    id: primaryId(),
    filingId: uuid()
      .notNull()
      .references(() => filings.id, { onDelete: 'cascade' }),
    /** The user's key in the form that was validated. */
    userKey: text().notNull(),
    position: integer().notNull(),
    firstName: text().notNull(),
    lastName: text().notNull(),
    email: text().notNull(),
    status: text().$type<SingleWindowAccountStatus>().notNull().default('queued'),
    at: instant().notNull(),
    login: text(),
    /** Why it was refused, as the single window says; for agents. */
    refusal: text(),
    tries: integer().notNull().default(0),
  },
  (table) => [
    uniqueIndex('single_window_accounts_user').on(table.filingId, table.userKey),
    index('single_window_accounts_status').on(table.status).where(sql`${table.status} <> 'opened'`),
    check('single_window_accounts_status', sql`${table.status} in ('queued', 'opened', 'refused')`),
  ],
);

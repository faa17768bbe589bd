import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { agents } from './agents.ts';
import { createdAt, instant, primaryId } from './columns.ts';
import { filings } from './filings.ts';

/** What operator and agents write to each other about a filing: never changed. Exactly one author. */
export const messages = pgTable(
  'messages',
  {
    id: primaryId(),
    filingId: uuid()
      .notNull()
      .references(() => filings.id, { onDelete: 'cascade' }),
    accountId: uuid().references(() => accounts.id),
    agentId: uuid().references(() => agents.id),
    text: text().notNull(),
    at: createdAt(),
    /** When somebody of the other side first read it. */
    readAt: instant(),
  },
  (table) => [
    index('messages_filing').on(table.filingId, table.at),
    index('messages_unread').on(table.filingId).where(sql`${table.readAt} is null`),
    check('messages_author', sql`(${table.accountId} is null) <> (${table.agentId} is null)`),
  ],
);

import type { Locale } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { createdAt, instant, primaryId } from './columns.ts';

/** One event, one e-mail: `event` is unique, and the row is written in the transaction of what it tells. */
export const emails = pgTable(
  'emails',
  {
    id: primaryId(),
    event: text().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    to: text().notNull(),
    locale: text().$type<Locale>().notNull(),
    template: text().notNull(),
    /** What the template needs; a link's secret stands here until the e-mail has gone, then it is cleared. */
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    status: text().$type<'queued' | 'sent' | 'failed'>().notNull().default('queued'),
    attempts: integer().notNull().default(0),
    lastError: text(),
    sentAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('emails_event').on(table.event),
    index('emails_account').on(table.accountId),
    /** For the limit of codes that a mailbox gets. */
    index('emails_registry_codes')
      .on(table.to, table.createdAt)
      .where(sql`${table.template} = 'registry_confirmation'`),
  ],
);

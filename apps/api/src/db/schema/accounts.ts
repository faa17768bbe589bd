import type { Locale } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, primaryId } from './columns.ts';

export const accounts = pgTable(
  'accounts',
  {
    id: primaryId(),
    legalName: text().notNull(),
    address: text().notNull(),
    /** The login: trimmed and in lower case. */
    email: text().notNull(),
    phone: text().notNull(),
    locale: text().$type<Locale>().notNull(),
    /** Argon2id; null until the e-mail's link was used. */
    passwordHash: text(),
    emailConfirmedAt: instant(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [uniqueIndex('accounts_email').on(table.email)],
);

/** Links that let choose a password. Only the SHA-256 of the secret is kept; a newer one voids the older. */
export const passwordLinks = pgTable(
  'password_links',
  {
    id: primaryId(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    purpose: text().$type<'creation' | 'reset'>().notNull(),
    tokenHash: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('password_links_token').on(table.tokenHash),
    index('password_links_account').on(table.accountId),
    check('password_links_purpose', sql`${table.purpose} in ('creation', 'reset')`),
  ],
);

/** Somebody asked for a reset. Written whether the e-mail has an account or not, so that the answer takes the same time; a job reads it and removes it. */
export const passwordResetRequests = pgTable('password_reset_requests', {
  id: primaryId(),
  email: text().notNull(),
  createdAt: createdAt(),
});

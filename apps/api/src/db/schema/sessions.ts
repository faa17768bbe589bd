import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { agents } from './agents.ts';
import { createdAt, instant, primaryId } from './columns.ts';

/** A signed-in browser, of an account or of an agent. The refresh token rotates; only its SHA-256 is kept. */
export const sessions = pgTable(
  'sessions',
  {
    id: primaryId(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    agentId: uuid().references(() => agents.id, { onDelete: 'cascade' }),
    refreshHash: text().notNull(),
    /** The token before, still good for a few seconds: two tabs may refresh at once. */
    previousRefreshHash: text(),
    rotatedAt: instant().notNull(),
    /** Ends then without activity. */
    expiresAt: instant().notNull(),
    /** Ends then in any case. */
    endsAt: instant().notNull(),
    endedAt: instant(),
    userAgent: text().notNull().default(''),
    lastUsedAt: createdAt(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('sessions_refresh').on(table.refreshHash),
    index('sessions_previous_refresh').on(table.previousRefreshHash),
    index('sessions_account').on(table.accountId),
    index('sessions_agent').on(table.agentId),
    check('sessions_owner', sql`num_nonnulls(${table.accountId}, ${table.agentId}) = 1`),
  ],
);

/**
 * Attempts to sign in, or to use a secret, that have failed or are still running. The key names a scope and whom it counts, never in
 * clear: an e-mail without an account is counted like the others.
 */
export const signInAttempts = pgTable('sign_in_attempts', {
  key: text().primaryKey(),
  failures: integer().notNull(),
  lockedUntil: instant(),
  lastAt: instant().notNull(),
});

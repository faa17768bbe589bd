import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';

/** Answers kept for 24 h under an `Idempotency-Key`; a row without a status is a request still running. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    caller: text().notNull(),
    route: text().notNull(),
    key: text().notNull(),
    bodyHash: text().notNull(),
    status: integer(),
    headers: jsonb().$type<Record<string, string>>(),
    body: text(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.caller, table.route, table.key] })],
);

/** Counters of requests in a window, shared by every process. */
export const rateLimits = pgTable('rate_limits', {
  key: text().primaryKey(),
  count: integer().notNull(),
  expiresAt: instant().notNull(),
});

/** Captcha challenges that were used: none works twice. */
export const usedCaptchas = pgTable('used_captchas', {
  challenge: text().primaryKey(),
  expiresAt: instant().notNull(),
});

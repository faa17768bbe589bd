import type { Authority, OperatorType, Purpose, RegistryStatus, SectionsDraft, Step } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgSequence, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { createdAt, instant, primaryId } from './columns.ts';

/** One sequence for all types and days, never restarted (reference/identifiers.md §2). */
export const subscriptionSequence = pgSequence('subscription_sequence', {
  startWith: 1,
  maxValue: 99_999_999_999,
  cache: 1,
});

/** What the verification step asked BADR. */
export interface StoredIdentifiers {
  email: string;
  taxId: string;
  ice: string;
  rcNumber: string;
  rcCentre: string;
}

export const subscriptions = pgTable(
  'subscriptions',
  {
    id: primaryId(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    code: text().notNull(),
    /** The code, and the code without its letters as older papers print it (reference/identifiers.md §2). */
    searchCode: text().generatedAlwaysAs(sql`code || ' ' || regexp_replace(code, '[A-Z]', '', 'g')`),
    authorities: text().array().$type<Authority[]>().notNull(),
    purpose: text().$type<Purpose>().notNull(),
    operatorType: text().$type<OperatorType>().notNull(),
    identifiers: jsonb().$type<StoredIdentifiers>().notNull(),
    registryStatus: text().$type<RegistryStatus>().notNull(),
    registryCheckedAt: instant(),
    registryMismatch: text().array().notNull().default([]),
    /** BADR's whole record, as its adapter read it; people's part leaves only once `registryConfirmedAt` is set. */
    registryRecord: jsonb().$type<Record<string, unknown>>(),
    /** When the operator proved to own the e-mail that BADR holds. */
    registryConfirmedAt: instant(),
    registryCodeHash: text(),
    registryCodeExpiresAt: instant(),
    registryCodeTries: integer().notNull().default(0),
    sections: jsonb().$type<Partial<SectionsDraft>>().notNull().default({}),
    currentStep: text().$type<Step>().notNull().default('company'),
    /** Grows with each write; the ETag of drafts. */
    version: integer().notNull().default(1),
    termsAcceptedAt: instant(),
    submittedAt: instant(),
    savedAt: createdAt(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('subscriptions_code').on(table.code),
    index('subscriptions_account').on(table.accountId),
    index('subscriptions_search').using('gin', table.searchCode.op('gin_trgm_ops')),
  ],
);

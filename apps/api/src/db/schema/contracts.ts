import type { SignatureFindings, SignatureWay } from '@rnoce/schemas';
import { index, integer, jsonb, pgSequence, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, primaryId } from './columns.ts';
import { documentVersions } from './documents.ts';
import { subscriptions } from './subscriptions.ts';

/** One sequence for the numbers of all contracts, never restarted. */
export const contractSequence = pgSequence('contract_sequence', {
  startWith: 1,
  maxValue: 9_999_999_999,
  cache: 1,
});

/** Every contract that was issued, kept for ever. The last one is in force as long as the form still makes `dataHash`. */
export const contracts = pgTable(
  'contracts',
  {
    id: primaryId(),
    subscriptionId: uuid()
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    /** The same for every version of a subscription's contract. */
    number: text().notNull(),
    version: integer().notNull(),
    /** What its QR code opens; it can't be guessed. */
    code: text().notNull(),
    /** SHA-256 of what it says, in one canonical form. */
    dataHash: text().notNull(),
    /** SHA-256 of the PDF. */
    sha256: text().notNull(),
    sizeBytes: integer().notNull(),
    storageKey: text().notNull(),
    issuedAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex('contracts_version').on(table.subscriptionId, table.version),
    uniqueIndex('contracts_code').on(table.code),
    index('contracts_number').on(table.number),
    index('contracts_sha256').on(table.sha256),
  ],
);

/** What came back signed: a version of the document `contract`, and which contract it is of. */
export const signedContracts = pgTable('signed_contracts', {
  documentVersionId: uuid()
    .primaryKey()
    .references(() => documentVersions.id, { onDelete: 'cascade' }),
  contractId: uuid()
    .notNull()
    .references(() => contracts.id, { onDelete: 'cascade' }),
  way: text().$type<SignatureWay>().notNull(),
  /** Null for a scan. */
  findings: jsonb().$type<SignatureFindings>(),
  createdAt: createdAt(),
});

import type { DocumentName, ScanState } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { agents } from './agents.ts';
import { createdAt, instant, primaryId } from './columns.ts';
import { customsRequests } from './customs-requests.ts';
import { filings } from './filings.ts';
import { integrators } from './integrators.ts';
import { subscriptions } from './subscriptions.ts';

/** Every version of every document, kept for ever: hash, who, when. */
export const documentVersions = pgTable(
  'document_versions',
  {
    id: primaryId(),
    subscriptionId: uuid()
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    /** The operation on the account that it was given with; null: the form's own. */
    customsRequestId: uuid().references(() => customsRequests.id, { onDelete: 'cascade' }),
    document: text().$type<DocumentName>().notNull(),
    version: integer().notNull(),
    /** The version that counts; the others are history. */
    current: boolean().notNull(),
    fileName: text().notNull(),
    mediaType: text().notNull(),
    sizeBytes: integer().notNull(),
    sha256: text().notNull(),
    pages: integer(),
    storageKey: text().notNull(),
    scan: text().$type<ScanState>().notNull(),
    uploadedAt: createdAt(),
    removedAt: instant(),
  },
  (table) => [
    uniqueIndex('document_versions_number')
      .on(table.subscriptionId, table.document, table.version)
      .where(sql`${table.customsRequestId} is null`),
    uniqueIndex('document_versions_current')
      .on(table.subscriptionId, table.document)
      .where(sql`${table.current} and ${table.customsRequestId} is null`),
    uniqueIndex('document_versions_request_number')
      .on(table.customsRequestId, table.document, table.version)
      .where(sql`${table.customsRequestId} is not null`),
    uniqueIndex('document_versions_request_current')
      .on(table.customsRequestId, table.document)
      .where(sql`${table.current} and ${table.customsRequestId} is not null`),
    index('document_versions_scan').on(table.scan).where(sql`${table.scan} = 'quarantined'`),
  ],
);

/** An authority's word on one version of a document. */
export const documentVerdicts = pgTable(
  'document_verdicts',
  {
    id: primaryId(),
    documentVersionId: uuid()
      .notNull()
      .references(() => documentVersions.id, { onDelete: 'cascade' }),
    filingId: uuid()
      .notNull()
      .references(() => filings.id, { onDelete: 'cascade' }),
    outcome: text().$type<'accepted' | 'refused'>().notNull(),
    agentId: uuid().references(() => agents.id),
    integratorId: uuid().references(() => integrators.id),
    at: instant().notNull(),
  },
  (table) => [uniqueIndex('document_verdicts_version').on(table.documentVersionId, table.filingId)],
);

/** Which agent, or which authority's program, read which version of a document, and when (law 09-08). */
export const documentAccesses = pgTable(
  'document_accesses',
  {
    id: primaryId(),
    documentVersionId: uuid()
      .notNull()
      .references(() => documentVersions.id, { onDelete: 'cascade' }),
    filingId: uuid()
      .notNull()
      .references(() => filings.id, { onDelete: 'cascade' }),
    agentId: uuid().references(() => agents.id),
    integratorId: uuid().references(() => integrators.id),
    at: instant().notNull(),
  },
  (table) => [
    index('document_accesses_version').on(table.documentVersionId, table.at),
    index('document_accesses_agent').on(table.agentId, table.at),
    check('document_accesses_reader', sql`num_nonnulls(${table.agentId}, ${table.integratorId}) = 1`),
  ],
);

/**
 * Files of the storage that no version of a document holds: being stored, or of a deleted draft. The clean-up removes them once
 * `removeAfter` has passed, so a process killed half-way leaves nothing behind.
 */
export const strayFiles = pgTable('stray_files', {
  storageKey: text().primaryKey(),
  removeAfter: instant().notNull(),
});

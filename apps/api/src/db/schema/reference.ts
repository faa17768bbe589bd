import type { ReferenceList } from '@rnoce/schemas';
import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** The reference lists: seed data, replaceable without a release. `code` is stable. */
export const referenceEntries = pgTable(
  'reference_entries',
  {
    list: text().$type<ReferenceList>().notNull(),
    code: text().notNull(),
    label: text().notNull(),
    labelAr: text(),
    common: boolean().notNull().default(false),
    /** For banks: what their RIBs begin with. */
    ribCodes: text().array().notNull().default([]),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.list, table.code] })],
);

import type { AdministrationAct, AdministrationChange } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { agents } from './agents.ts';
import { createdAt, primaryId } from './columns.ts';
import { integrators } from './integrators.ts';
import { issuers } from './invoices.ts';

/** What administrators did, written in the transaction that did it; never changed. */
export const administrationEntries = pgTable(
  'administration_entries',
  {
    id: primaryId(),
    act: text().$type<AdministrationAct>().notNull(),
    /** Which agent did it; null: the operator whose integrator it is about. */
    by: uuid().references(() => agents.id),
    agentId: uuid().references(() => agents.id),
    issuerId: uuid().references(() => issuers.id),
    integratorId: uuid().references(() => integrators.id, { onDelete: 'cascade' }),
    changes: jsonb().$type<AdministrationChange[]>().notNull().default([]),
    /** A key's hint, an endpoint's address without its query. */
    detail: text(),
    createdAt: createdAt(),
  },
  (table) => [
    index('administration_entries_agent')
      .on(table.agentId, table.id)
      .where(sql`${table.agentId} is not null`),
    index('administration_entries_issuer')
      .on(table.issuerId, table.id)
      .where(sql`${table.issuerId} is not null`),
    index('administration_entries_integrator')
      .on(table.integratorId, table.id)
      .where(sql`${table.integratorId} is not null`),
    check(
      'administration_entries_by',
      sql`${table.by} is not null or (${table.act} = 'api_key_withdrawn' and ${table.integratorId} is not null)`,
    ),
    check(
      'administration_entries_of_one',
      sql`num_nonnulls(${table.agentId}, ${table.issuerId}, ${table.integratorId}) = 1`,
    ),
  ],
);

import type { Authority, IntegratorKind, Locale, Scope } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { boolean, check, date, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { agents } from './agents.ts';
import { createdAt, instant, primaryId } from './columns.ts';
import { issuers } from './invoices.ts';

/** Whose programs use the interface: of one issuer, one authority or one operator. */
export const integrators = pgTable(
  'integrators',
  {
    id: primaryId(),
    name: text().notNull(),
    kind: text().$type<IntegratorKind>().notNull(),
    issuerId: uuid().references(() => issuers.id),
    authority: text().$type<Authority>(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    locale: text().$type<Locale>().notNull().default('fr'),
    active: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [
    index('integrators_issuer').on(table.issuerId).where(sql`${table.issuerId} is not null`),
    index('integrators_account').on(table.accountId).where(sql`${table.accountId} is not null`),
    check(
      'integrators_kind',
      sql`case ${table.kind} when 'issuer' then ${table.issuerId} is not null when 'authority' then ${table.authority} is not null when 'operator' then ${table.accountId} is not null else false end`,
    ),
    check(
      'integrators_of_one',
      sql`num_nonnulls(${table.issuerId}, ${table.authority}, ${table.accountId}) = 1`,
    ),
  ],
);

/** Keys, by their hash: what is shown once can't be read again, here neither. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: primaryId(),
    integratorId: uuid()
      .notNull()
      .references(() => integrators.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** The public part of the key, by which it is found. */
    prefix: text().notNull(),
    /** SHA-256 of the whole key in base64url: 238 random bits need no slow hash. */
    hash: text().notNull(),
    scopes: text().array().$type<Scope[]>().notNull(),
    allowedAddresses: text().array().notNull().default([]),
    expiresOn: date({ mode: 'string' }).notNull(),
    createdAt: createdAt(),
    /** Null: made with the demonstration data. */
    createdBy: uuid().references(() => agents.id),
    lastUsedAt: instant(),
    lastUsedFrom: text(),
    revokedAt: instant(),
    /** Null of a key that was revoked: the operator for whom it acted did it. */
    revokedBy: uuid().references(() => agents.id),
    compromisedAt: instant(),
  },
  (table) => [
    uniqueIndex('api_keys_prefix').on(table.prefix),
    index('api_keys_integrator').on(table.integratorId, table.createdAt),
    check('api_keys_compromised', sql`${table.compromisedAt} is null or ${table.revokedAt} is not null`),
  ],
);

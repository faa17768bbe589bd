import type { InvoiceStatus, PaymentMethod } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { createdAt, instant, primaryId } from './columns.ts';

/** Who publishes invoices: PORTNET, a control body, a bank. */
export const issuers = pgTable(
  'issuers',
  {
    id: primaryId(),
    code: text().notNull(),
    name: text().notNull(),
    active: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('issuers_code').on(table.code)],
);

/** The single window's codes: whose invoices a code finds, beside those that name the code itself. */
export const subscriptionCodes = pgTable(
  'subscription_codes',
  {
    code: char({ length: 4 }).primaryKey(),
    ice: text().notNull(),
    legalName: text().notNull(),
    /** Null until the operator has an account here. */
    accountId: uuid().references(() => accounts.id),
    createdAt: createdAt(),
  },
  (table) => [
    index('subscription_codes_ice').on(table.ice),
    index('subscription_codes_account').on(table.accountId),
  ],
);

export const invoices = pgTable(
  'invoices',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    issuerId: uuid()
      .notNull()
      .references(() => issuers.id),
    number: text().notNull(),
    /** A subscription code or an ICE. */
    clientCode: text().notNull(),
    clientName: text().notNull(),
    /** A natural person: the name is masked to the public. */
    clientIsPerson: boolean().notNull(),
    issuedOn: date({ mode: 'string' }).notNull(),
    dueOn: date({ mode: 'string' }).notNull(),
    amountCentimes: bigint({ mode: 'number' }).notNull(),
    methods: text().array().$type<PaymentMethod[]>().notNull(),
    status: text().$type<InvoiceStatus>().notNull().default('unpaid'),
    paidAt: instant(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    uniqueIndex('invoices_number').on(table.issuerId, sql`upper(${table.number})`),
    /** The public search and « Mes factures »: few rows a client. */
    index('invoices_client_unpaid').on(table.clientCode, table.dueOn).where(sql`${table.status} = 'unpaid'`),
    index('invoices_client').on(table.clientCode, table.issuedOn),
    index('invoices_issuer').on(table.issuerId, table.issuedOn),
    /** How many of an issuer's are in one state, counted without reading the invoices. */
    index('invoices_issuer_status').on(table.issuerId, table.status, table.issuedOn),
    check('invoices_status', sql`${table.status} in ('unpaid', 'paid', 'cancelled')`),
    check('invoices_amount', sql`${table.amountCentimes} between 1 and 99999999999`),
    check('invoices_paid', sql`(${table.status} = 'paid') = (${table.paidAt} is not null)`),
  ],
);

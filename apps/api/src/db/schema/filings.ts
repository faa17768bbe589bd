import type {
  ActorKind,
  Authority,
  EmailChange,
  FilingEvent,
  FilingStatus,
  OperatorType,
  Reason,
  SectionsDraft,
  VerdictDraft,
} from '@rnoce/schemas';
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { agents } from './agents.ts';
import { createdAt, folded, instant, primaryId } from './columns.ts';
import { integrators } from './integrators.ts';
import { subscriptions } from './subscriptions.ts';

/**
 * What keeps other accounts out of an operator's place: a filing that is with the agents, or that they validated. A draft, one that was sent back, and one
 * that was merely attached by public facts hold nothing, or anybody could keep a company from registering (docs/decisions/002).
 */
export const holdsPlace = ({
  status,
  attached,
  controlProvenAt,
}: Readonly<Record<'status' | 'attached' | 'controlProvenAt', SQLWrapper>>): SQL =>
  sql`${status} in ('in_review', 'validated') and (not ${attached} or ${controlProvenAt} is not null)`;

export const filings = pgTable(
  'filings',
  {
    id: primaryId(),
    subscriptionId: uuid()
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    authority: text().$type<Authority>().notNull(),
    operatorType: text().$type<OperatorType>().notNull(),
    /** As declared at the last submission, for the queue and its search. */
    ice: text().notNull(),
    legalName: text().notNull().default(''),
    status: text().$type<FilingStatus>().notNull().default('draft'),
    /** The reasons of the last return; empty in every other status. */
    reasons: jsonb().$type<Reason[]>().notNull().default([]),
    attached: boolean().notNull().default(false),
    /** When the account of an attached filing showed that it acts for the operator: by the mailbox that BADR holds, or to an agent. */
    controlProvenAt: instant(),
    /** The agent to whom it was shown; null where the mailbox showed it. */
    controlProvenBy: uuid().references(() => agents.id),
    /** « Rectifier vos données » was asked: the form is open again. */
    reopenedAt: instant(),
    firstSubmittedAt: instant(),
    submittedAt: instant(),
    dueAt: instant(),
    decidedAt: instant(),
    validatedAt: instant(),
    submissions: integer().notNull().default(0),
    holderId: uuid().references(() => agents.id),
    heldAt: instant(),
    verdict: jsonb().$type<VerdictDraft>().notNull().default({ accepted: [], reasons: [] }),
    /** BADR's account of the operator, once it took the validated record. */
    registrationStatus: text().$type<'queued' | 'registered' | 'refused'>(),
    registrationAt: instant(),
    registrationAccount: text(),
    /** Whether customs' account was open when BADR was last read for it; customs close and open accounts by themselves too. */
    registryAccountStatus: text().$type<'active' | 'cancelled'>(),
    registryAccountReadAt: instant(),
    /** « Code d'abonnement », drawn at PortNet's validation. */
    subscriptionCode: char({ length: 4 }),
    /** Raison sociale and ICE as the queue searches them. */
    searchName: text().generatedAlwaysAs(sql`${folded(sql`legal_name`)} || ' ' || ice`),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('filings_account_authority').on(table.accountId, table.authority),
    uniqueIndex('filings_subscription_authority').on(table.subscriptionId, table.authority),
    /** One place for an operator. */
    uniqueIndex('filings_live_operator')
      .on(table.authority, table.operatorType, table.ice)
      .where(holdsPlace(table)),
    index('filings_queue').on(table.authority, table.status, table.submittedAt),
    index('filings_due').on(table.authority, table.status, table.dueAt),
    index('filings_submitted').on(table.authority, table.submittedAt).where(sql`${table.status} <> 'draft'`),
    uniqueIndex('filings_subscription_code').on(table.subscriptionCode),
    index('filings_holder').on(table.holderId).where(sql`${table.holderId} is not null`),
    index('filings_search').using('gin', table.searchName.op('gin_trgm_ops')),
    check('filings_status', sql`${table.status} in ('draft', 'in_review', 'incomplete', 'validated')`),
    check(
      'filings_reasons',
      sql`(${table.status} = 'incomplete') = (jsonb_array_length(${table.reasons}) > 0)`,
    ),
  ],
);

/** What happened to a filing, for ever. */
export const filingHistory = pgTable(
  'filing_history',
  {
    id: primaryId(),
    filingId: uuid()
      .notNull()
      .references(() => filings.id, { onDelete: 'cascade' }),
    event: text().$type<FilingEvent>().notNull(),
    fromStatus: text().$type<FilingStatus>(),
    toStatus: text().$type<FilingStatus>().notNull(),
    actor: text().$type<ActorKind>().notNull(),
    accountId: uuid().references(() => accounts.id),
    agentId: uuid().references(() => agents.id),
    /** Whose program decided, when none of the people did. */
    integratorId: uuid().references(() => integrators.id),
    reasons: jsonb().$type<Reason[]>().notNull().default([]),
    /** The form as it was sent, at each submission. */
    sections: jsonb().$type<Partial<SectionsDraft>>(),
    /** The versions of the documents that were sent with it, at each submission. */
    documentVersions: uuid().array(),
    /** The addresses that an agent gave for users whom the single window refused. */
    emailChanges: jsonb().$type<EmailChange[]>().notNull().default([]),
    /** On what an agent acted, in their own words; for agents alone. */
    note: text(),
    at: instant().notNull(),
  },
  (table) => [
    index('filing_history_filing').on(table.filingId, table.at),
    index('filing_history_at').on(table.at),
  ],
);

/** Who took a dossier or gave it back, and from whom it was taken. */
export const filingHolds = pgTable(
  'filing_holds',
  {
    id: primaryId(),
    filingId: uuid()
      .notNull()
      .references(() => filings.id, { onDelete: 'cascade' }),
    event: text().$type<'taken' | 'released'>().notNull(),
    agentId: uuid()
      .notNull()
      .references(() => agents.id),
    takenFromId: uuid().references(() => agents.id),
    at: instant().notNull(),
  },
  (table) => [index('filing_holds_filing').on(table.filingId, table.at)],
);

import type {
  ActorKind,
  CustomsRequestEffect,
  CustomsRequestEvent,
  CustomsRequestStatus,
  CustomsRequestType,
  OperatorType,
  RegistryStatus,
  RequestDetails,
  RequestReason,
  RequestReasonView,
  UpdatedSections,
} from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { agents } from './agents.ts';
import { createdAt, folded, instant, primaryId } from './columns.ts';
import { filings } from './filings.ts';
import { integrators } from './integrators.ts';
import { subscriptions } from './subscriptions.ts';

/** Operations on the customs account of a validated filing. Whoever writes one holds the filing's row: one winner (spec/registration.md). */
export const customsRequests = pgTable(
  'customs_requests',
  {
    id: primaryId(),
    filingId: uuid()
      .notNull()
      .references(() => filings.id),
    subscriptionId: uuid()
      .notNull()
      .references(() => subscriptions.id),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    /** The subscription's code and the request's number on that account; BADR knows a repetition by it. */
    reference: text().notNull(),
    type: text().$type<CustomsRequestType>().notNull(),
    status: text().$type<CustomsRequestStatus>().notNull().default('draft'),
    operatorType: text().$type<OperatorType>().notNull(),
    /** As BADR held them when the request was opened, for the queue and its search. */
    ice: text().notNull(),
    legalName: text().notNull(),
    details: jsonb().$type<RequestDetails>().notNull().default({}),
    /** For an update: what BADR held when the form was last filled from it, managers with the keys of `sections`. */
    before: jsonb().$type<UpdatedSections>().notNull().default({}),
    sections: jsonb().$type<UpdatedSections>().notNull().default({}),
    registryStatus: text().$type<RegistryStatus>().notNull(),
    registryReadAt: instant(),
    /** BADR's whole record as it was last read: agents see it as « now », and an acceptance is sent over it. */
    registryRecord: jsonb().$type<Record<string, unknown>>(),
    /** Why it was rejected; of an accepted update, which changes were left out. */
    reasons: jsonb().$type<(RequestReason | RequestReasonView)[]>().notNull().default([]),
    /** The first of two agents who must accept. */
    endorsedBy: uuid().references(() => agents.id),
    /** The same, where it was a program of customs that accepted first. */
    endorsedByIntegrator: uuid().references(() => integrators.id),
    submittedAt: instant(),
    dueAt: instant(),
    decidedAt: instant(),
    effectStatus: text().$type<CustomsRequestEffect['status']>(),
    effectAt: instant(),
    effectReason: text(),
    /** How often it was sent to BADR with other words: part of the reference there, since the same one means the same order. */
    effectTurn: integer().notNull().default(0),
    searchName: text().generatedAlwaysAs(sql`${folded(sql`legal_name`)} || ' ' || ice || ' ' || reference`),
    version: integer().notNull().default(1),
    savedAt: createdAt(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('customs_requests_reference').on(table.reference),
    uniqueIndex('customs_requests_draft')
      .on(table.filingId, table.type)
      .where(sql`${table.status} = 'draft'`),
    uniqueIndex('customs_requests_pending')
      .on(table.filingId, table.type)
      .where(sql`${table.status} = 'in_review'`),
    index('customs_requests_filing').on(table.filingId),
    index('customs_requests_account').on(table.accountId, table.createdAt),
    index('customs_requests_queue').on(table.status, table.submittedAt),
    index('customs_requests_stuck')
      .on(table.effectAt)
      .where(sql`${table.effectStatus} in ('overtaken', 'refused')`),
    index('customs_requests_search').using('gin', table.searchName.op('gin_trgm_ops')),
    check('customs_requests_status', sql`${table.status} in ('draft', 'in_review', 'accepted', 'rejected')`),
    check(
      'customs_requests_effect',
      sql`(${table.status} = 'accepted') = (${table.effectStatus} is not null)`,
    ),
  ],
);

/** What happened to a request, for ever. */
export const customsRequestHistory = pgTable(
  'customs_request_history',
  {
    id: primaryId(),
    requestId: uuid()
      .notNull()
      .references(() => customsRequests.id, { onDelete: 'cascade' }),
    event: text().$type<CustomsRequestEvent>().notNull(),
    toStatus: text().$type<CustomsRequestStatus>().notNull(),
    actor: text().$type<ActorKind>().notNull(),
    accountId: uuid().references(() => accounts.id),
    agentId: uuid().references(() => agents.id),
    /** Whose program decided, when none of the people did. */
    integratorId: uuid().references(() => integrators.id),
    reasons: jsonb().$type<RequestReasonView[]>().notNull().default([]),
    /** What was sent, at the submission; what was decided on, at a decision. */
    sent: jsonb().$type<{
      details?: RequestDetails;
      before?: UpdatedSections;
      sections?: UpdatedSections;
      documentVersions?: string[];
      registryRecord?: Record<string, unknown> | null;
    }>(),
    at: instant().notNull(),
  },
  (table) => [index('customs_request_history_request').on(table.requestId, table.at)],
);

import type { AgentRole, Authority, Locale } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, primaryId } from './columns.ts';

export const agents = pgTable(
  'agents',
  {
    id: primaryId(),
    name: text().notNull(),
    email: text().notNull(),
    authority: text().$type<Authority>().notNull(),
    role: text().$type<AgentRole>().notNull(),
    locale: text().$type<Locale>().notNull().default('fr'),
    /** Argon2id; null until the invitation's link was used. */
    passwordHash: text(),
    /** It was given by somebody else, and must be changed at the first sign-in. */
    passwordGiven: boolean().notNull().default(false),
    /** AES-256-GCM of the TOTP secret, under TOTP_KEY. */
    totpSecret: text(),
    /** The last time step whose code was used: a code works once. */
    totpLastStep: bigint({ mode: 'number' }).notNull().default(0),
    active: boolean().notNull().default(true),
    lastSignInAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('agents_email').on(table.email),
    check('agents_enrolled', sql`(${table.passwordHash} is null) = (${table.totpSecret} is null)`),
  ],
);

/** Links by which an agent chooses a password and sets up the one-time codes. Only the SHA-256 of the link's secret is kept; a newer one voids the older. */
export const agentInvitations = pgTable(
  'agent_invitations',
  {
    id: primaryId(),
    agentId: uuid()
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    tokenHash: text().notNull(),
    /** AES-256-GCM of the TOTP secret that the link shows, under TOTP_KEY: the same at each opening. */
    totpSecret: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('agent_invitations_token').on(table.tokenHash),
    index('agent_invitations_agent').on(table.agentId, table.createdAt),
  ],
);

import type { AgentRole, Authority, Locale } from '@rnoce/schemas';
import { bigint, boolean, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, primaryId } from './columns.ts';

export const agents = pgTable(
  'agents',
  {
    id: primaryId(),
    name: text().notNull(),
    email: text().notNull(),
    authority: text().$type<Authority>().notNull(),
    role: text().$type<AgentRole>().notNull(),
    locale: text().$type<Locale>().notNull().default('fr'),
    passwordHash: text().notNull(),
    /** It was given by somebody else, and must be changed at the first sign-in. */
    passwordGiven: boolean().notNull().default(false),
    /** AES-256-GCM of the TOTP secret, under TOTP_KEY. */
    totpSecret: text().notNull(),
    /** The last time step whose code was used: a code works once. */
    totpLastStep: bigint({ mode: 'number' }).notNull().default(0),
    active: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('agents_email').on(table.email)],
);

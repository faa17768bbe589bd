import { randomInt, randomUUID } from 'node:crypto';
import type { AgentRole, Authority, Locale } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { agents } from '../../db/schema/agents.ts';
import type { Environment } from '../../env.ts';
import { hashPassword } from '../accounts/passwords.ts';
import { endSessions } from '../sessions/sessions.repository.ts';
import { voidAgentInvitations } from './agent-invitations.ts';
import { newTotpSecret, sealTotpSecret, totpUri } from './totp.ts';

export interface NewAgent {
  readonly name: string;
  readonly email: string;
  readonly authority: Authority;
  readonly role: AgentRole;
  readonly locale?: Locale;
}

/** What an agent is given, once, by whoever creates them. */
export interface AgentCredentials {
  readonly email: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly totpUri: string;
}

/** `keepsPassword`: the password given isn't asked to be changed, as for the demonstration, whose passwords are printed at each start. */
interface Settings {
  readonly database: Database;
  readonly environment: Pick<Environment, 'TOTP_KEY'>;
  readonly now: () => Date;
  readonly keepsPassword?: boolean;
}

/** Without the letters and digits that look alike when they are read aloud or copied. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
/** 99 random bits in four groups. */
const newPassword = (): string => [group(), group(), group(), group()].join('-');

async function makeCredentials(
  agentId: string,
  email: string,
  { environment: { TOTP_KEY }, keepsPassword = false }: Settings,
) {
  const password = newPassword();
  const secret = newTotpSecret();
  return {
    columns: {
      passwordHash: await hashPassword(password),
      passwordGiven: !keepsPassword,
      totpSecret: sealTotpSecret(secret, { key: TOTP_KEY, agentId }),
    },
    given: { email, password, totpSecret: secret, totpUri: totpUri(secret, email) },
  };
}

/** Creates an agent. Returns what to hand over to them, or undefined when the e-mail is an agent's already. */
export async function createAgent(
  settings: Settings,
  { name, email, authority, role, locale = 'fr' }: NewAgent,
): Promise<AgentCredentials | undefined> {
  const id = randomUUID();
  const { columns, given } = await makeCredentials(id, email, settings);
  const created = await settings.database
    .insert(agents)
    .values({ id, name, email, authority, role, locale, ...columns })
    .onConflictDoNothing({ target: agents.email })
    .returning({ id: agents.id });
  return created.length > 0 ? given : undefined;
}

/** Gives an agent a new password and a new one-time key, for who lost one; their sessions and links end. Undefined when nobody has this e-mail. */
export async function renewAgentCredentials(
  settings: Settings,
  email: string,
): Promise<AgentCredentials | undefined> {
  const { database, now } = settings;
  const [agent] = await database.select({ id: agents.id }).from(agents).where(eq(agents.email, email));
  if (!agent) return undefined;
  const { columns, given } = await makeCredentials(agent.id, email, settings);
  await database.transaction(async (transaction) => {
    await transaction
      .update(agents)
      .set({ ...columns, totpLastStep: 0, active: true })
      .where(eq(agents.id, agent.id));
    await endSessions(transaction, { kind: 'agent', ownerId: agent.id }, now());
    await voidAgentInvitations(transaction, agent.id, now());
  });
  return given;
}

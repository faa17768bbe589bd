import { createHash, randomBytes } from 'node:crypto';
import { type AgentInvitation, agentInvitationHours } from '@rnoce/schemas';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { agentInvitations, agents } from '../../db/schema/agents.ts';
import type { Deps } from '../../deps.ts';
import { linkUnknown } from '../accounts/accounts.errors.ts';
import { queueEmail } from '../emails/emails.service.ts';
import type { AgentRecord } from './managed-agents.repository.ts';
import { newTotpSecret, openTotpSecret, sealTotpSecret, totpUri } from './totp.ts';

const hourMs = 3_600_000;
/** The page of the back office where a link is used. Its secret stands behind `#`: browsers send that to no server, so no log has it. */
const pagePath = '/agents/invitation';

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Mails an agent a link to choose a password and to set up the one-time codes, in the caller's transaction, which holds the agent. The older
 * links are void from then on. The secret stands in the e-mail's row until the e-mail has left, nowhere else.
 */
export async function sendAgentInvitation(
  tx: Transaction,
  { jobs, environment }: Pick<Deps, 'jobs' | 'environment'>,
  { agent, by, renewed }: { agent: AgentRecord; by: string; renewed: boolean },
  now: Date,
): Promise<void> {
  const { id: agentId, name, email, authority, locale } = agent;
  await voidAgentInvitations(tx, agentId, now);
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + agentInvitationHours * hourMs);
  const totpSecret = sealTotpSecret(newTotpSecret(), { key: environment.TOTP_KEY, agentId });
  const [invitation] = await tx
    .insert(agentInvitations)
    .values({ agentId, tokenHash: hashToken(token), totpSecret, expiresAt, createdAt: now })
    .returning({ id: agentInvitations.id });
  if (!invitation) throw new Error('the invitation was not written');
  await queueEmail(tx, jobs, {
    event: `agent-invitation:${invitation.id}`,
    template: 'agent_invitation',
    data: {
      name,
      authority,
      by,
      path: `${pagePath}#${token}`,
      expiresAt: expiresAt.toISOString(),
      renewed,
    },
    to: email,
    locale,
    accountId: null,
  });
}

/** Ends the life of every link of the agent that wasn't used. */
export async function voidAgentInvitations(executor: Executor, agentId: string, now: Date): Promise<void> {
  await executor
    .update(agentInvitations)
    .set({ expiresAt: now })
    .where(
      and(
        eq(agentInvitations.agentId, agentId),
        isNull(agentInvitations.usedAt),
        gt(agentInvitations.expiresAt, now),
      ),
    );
}

export interface InvitedAgent {
  readonly invitation: typeof agentInvitations.$inferSelect;
  readonly agent: AgentRecord;
}

/** What a link's secret opens, and for whom. Throws `link_unknown`. */
export async function getAgentInvitation(executor: Executor, token: string): Promise<InvitedAgent> {
  const [found] = await executor
    .select({ invitation: agentInvitations, agent: agents })
    .from(agentInvitations)
    .innerJoin(agents, eq(agents.id, agentInvitations.agentId))
    .where(eq(agentInvitations.tokenHash, hashToken(token)));
  if (!found) throw linkUnknown();
  return found;
}

/**
 * What can still be done with a link. One that was voided is `expired`, and so is one of an agent who is suspended or has the keys already,
 * whatever the clocks of two processes say.
 */
export function invitationState({ invitation, agent }: InvitedAgent, now: Date): AgentInvitation['state'] {
  if (invitation.usedAt) return 'used';
  return invitation.expiresAt > now && agent.active && agent.passwordHash === null ? 'valid' : 'expired';
}

/** Whether no newer link was sent to the agent: by its id, which the database draws. */
export async function isNewestInvitation(
  executor: Executor,
  { id, agentId }: InvitedAgent['invitation'],
): Promise<boolean> {
  const [newest] = await executor
    .select({ id: agentInvitations.id })
    .from(agentInvitations)
    .where(eq(agentInvitations.agentId, agentId))
    .orderBy(desc(agentInvitations.id))
    .limit(1);
  return newest?.id === id;
}

/** A link as its page shows it; whom it is for, and the key of the codes, while it can be used and at no other time. */
export function presentAgentInvitation(
  found: InvitedAgent,
  { environment, now }: Pick<Deps, 'environment' | 'now'>,
): AgentInvitation {
  const { invitation, agent } = found;
  const state = invitationState(found, now());
  const expiresAt = invitation.expiresAt.toISOString();
  if (state !== 'valid') return { state, expiresAt, invited: null };
  const { id: agentId, name, email, authority } = agent;
  const totpSecret = openTotpSecret(invitation.totpSecret, { key: environment.TOTP_KEY, agentId });
  const uri = totpUri(totpSecret, email);
  return { state, expiresAt, invited: { name, email, authority, totpSecret, totpUri: uri } };
}

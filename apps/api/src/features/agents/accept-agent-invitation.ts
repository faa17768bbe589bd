import type { AgentId } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { agentInvitations, agents } from '../../db/schema/agents.ts';
import type { Deps } from '../../deps.ts';
import { invalid, ProblemError } from '../../plugins/problems.ts';
import { linkExpired, linkUsed } from '../accounts/accounts.errors.ts';
import { hashPassword } from '../accounts/passwords.ts';
import { recordAct } from '../administration/record-act.ts';
import { endSessions } from '../sessions/sessions.repository.ts';
import { clearAttempts } from '../sessions/sign-in-attempts.ts';
import {
  getAgentInvitation,
  type InvitedAgent,
  invitationState,
  isNewestInvitation,
} from './agent-invitations.ts';
import { agentPasswordIssues } from './agent-password.ts';
import { tellAccessChanged } from './tell-access-changed.ts';
import { openTotpSecret, totpStepOf } from './totp.ts';

/** Throws `link_used`, `link_expired`. */
function requireValid(found: InvitedAgent, now: Date): InvitedAgent {
  const state = invitationState(found, now);
  if (state === 'used') throw linkUsed();
  if (state === 'expired') throw linkExpired();
  return found;
}

/** The link as it is once its agent is held: it may have been used, voided or followed by another one meanwhile. */
async function lockInvitation(
  tx: Transaction,
  token: string,
  agentId: string,
  now: () => Date,
): Promise<InvitedAgent> {
  await tx.select({ id: agents.id }).from(agents).where(eq(agents.id, agentId)).for('no key update');
  const found = requireValid(await getAgentInvitation(tx, token), now());
  if (!(await isNewestInvitation(tx, found.invitation))) throw linkExpired();
  return found;
}

/**
 * The invited agent chooses a password and shows by a code that the application of one-time codes has the key of the link: from then on both
 * open a session, and the link nothing. That code is used by it, too. A lock on the sign-in is lifted, and an e-mail tells
 * it. Returns who it is. Throws
 * `link_unknown`, `link_used`, `link_expired`, `validation`, `code_wrong`.
 */
export async function acceptAgentInvitation(
  deps: Deps,
  { token, password, code }: { token: string; password: string; code: string },
): Promise<AgentId> {
  const { database, environment, now } = deps;
  const { invitation, agent } = requireValid(await getAgentInvitation(database, token), now());
  const { email } = agent;
  const agentId = agent.id as AgentId;
  const issues = agentPasswordIssues(deps, agent, password);
  if (issues.length > 0) throw invalid(issues);
  const { totpSecret } = invitation;
  const secret = openTotpSecret(totpSecret, { key: environment.TOTP_KEY, agentId });
  const step = totpStepOf(code, secret, now());
  if (step === undefined) throw new ProblemError('code_wrong');
  const passwordHash = await hashPassword(password);
  await database.transaction(async (tx) => {
    await lockInvitation(tx, token, agentId, now);
    const at = now();
    await tx.update(agentInvitations).set({ usedAt: at }).where(eq(agentInvitations.id, invitation.id));
    await tx
      .update(agents)
      .set({ passwordHash, passwordGiven: false, totpSecret, totpLastStep: step })
      .where(eq(agents.id, agentId));
    await endSessions(tx, { kind: 'agent', ownerId: agentId }, at);
    for (const scope of ['agent', 'agent-code'] as const) await clearAttempts(tx, deps, { scope, email });
    await tellAccessChanged(tx, deps, agent, 'activated', at);
    await recordAct(tx, { act: 'agent_enrolled', by: agentId, about: { agentId }, at });
  });
  return agentId;
}

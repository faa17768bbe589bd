import type { Agent, AgentId, AgentSession } from '@rnoce/schemas';
import type { SessionRow } from '../sessions/sessions.repository.ts';
import type { AgentRow } from './agents.repository.ts';

export const presentAgent = (row: AgentRow): Agent => ({
  id: row.id as AgentId,
  name: row.name,
  email: row.email,
  authority: row.authority,
  role: row.role,
  locale: row.locale,
  mustChoosePassword: row.passwordGiven,
});

export const presentAgentSession = (session: SessionRow, agent: AgentRow): AgentSession => ({
  agent: presentAgent(agent),
  expiresAt: session.expiresAt.toISOString(),
});

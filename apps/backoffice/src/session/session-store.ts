import type { Agent } from '@rnoce/schemas/agents';
import { createSessionStore } from '@rnoce/shell/session-store';

/** What this page knows of the agent's session. */
export const sessionStore = createSessionStore<Agent>('rnoce_agent_session');

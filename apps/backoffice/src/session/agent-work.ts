import type { AgentRole } from '@rnoce/schemas/agents';

/** Which parts each role works with; the API judges each call by itself. */
export const agentWork = {
  decider: { dossiers: true, payments: false },
  finance: { dossiers: false, payments: true },
  administrator: { dossiers: true, payments: true },
} as const satisfies Record<AgentRole, { dossiers: boolean; payments: boolean }>;

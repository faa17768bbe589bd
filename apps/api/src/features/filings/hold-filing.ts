import type { FilingId } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import type { Precondition } from '../../plugins/serve.ts';
import { assertDecidable, assertUnchanged } from './filings.errors.ts';
import { changeFiling, lockFiling, recordHold } from './filings.repository.ts';
import type { FilingRecord } from './filings.transitions.ts';

/** What a take writes on the filing; whom it was taken from is kept. Nothing changes for who holds it already. */
export async function takeFiling(
  tx: Transaction,
  filing: FilingRecord,
  { agentId }: AgentPrincipal,
  at: Date,
): Promise<Pick<Partial<FilingRecord>, 'holderId' | 'heldAt'>> {
  if (filing.holderId === agentId) return {};
  await recordHold(tx, { filingId: filing.id, event: 'taken', agentId, takenFromId: filing.holderId, at });
  return { holderId: agentId, heldAt: at };
}

/**
 * Takes a dossier, from another agent if need be: a hold is a word to the others, not a lock. The version grows, so that who held it is
 * told at their next write (412). `seen` is the version that the agent saw, when they tell it.
 */
export async function holdFiling(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  agent: AgentPrincipal,
  id: FilingId,
  seen: Precondition | undefined,
): Promise<number> {
  return await database.transaction(async (tx) => {
    const filing = await lockFiling(tx, agent.authority, id);
    assertDecidable(filing);
    if (filing.holderId === agent.agentId) return filing.version;
    if (typeof seen === 'number') assertUnchanged(filing, seen);
    return await changeFiling(tx, filing, await takeFiling(tx, filing, agent, now()));
  });
}

/** Gives a dossier back to the queue, its verdict in preparation kept for the next agent. One that another agent holds stays theirs. */
export async function releaseFiling(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  agent: AgentPrincipal,
  id: FilingId,
): Promise<number> {
  return await database.transaction(async (tx) => {
    const filing = await lockFiling(tx, agent.authority, id);
    if (filing.holderId !== agent.agentId) return filing.version;
    await recordHold(tx, { filingId: filing.id, event: 'released', agentId: agent.agentId, at: now() });
    return await changeFiling(tx, filing, { holderId: null, heldAt: null });
  });
}

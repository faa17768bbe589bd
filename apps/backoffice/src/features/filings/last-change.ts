import type { Dossier, HistoryEntry } from '@rnoce/schemas/filings';

/** Who changed a dossier last, as far as another agent needs to know; `elsewhere`: the agent themself, in another window. */
export type LastChange =
  | {
      readonly kind: 'validated' | 'returned' | 'taken' | 'released';
      readonly by: Pick<HistoryEntry, 'actor' | 'actorName'>;
      readonly at: string;
    }
  | { readonly kind: 'elsewhere' };

export function lastChangeOf(
  { status, history, lastHold }: Pick<Dossier, 'status' | 'history' | 'lastHold'>,
  agentId: string | undefined,
): LastChange {
  if (status !== 'in_review') {
    const decision = history.findLast(({ event }) => event === 'validated' || event === 'returned');
    if (!decision) return { kind: 'elsewhere' };
    const kind = decision.event === 'validated' ? 'validated' : 'returned';
    const { actor, actorName, at } = decision;
    return { kind, by: { actor, actorName }, at };
  }
  if (!lastHold || lastHold.agentId === agentId) return { kind: 'elsewhere' };
  return { kind: lastHold.event, by: { actor: 'agent', actorName: lastHold.agentName }, at: lastHold.at };
}

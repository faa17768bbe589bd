import type { Refund } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { presentRefund } from './finance.presenter.ts';
import { changeRefund, getRefund, lockDueRefund } from './refunds.repository.ts';

type Place = Pick<Deps, 'database' | 'gateways' | 'now'>;

/**
 * Takes a refund, from another agent if need be: an owner is a word to the others, not a lock. Throws `not_found`, `refund_not_due`, `stale`.
 */
export async function takeRefund(
  deps: Place,
  { agentId }: AgentPrincipal,
  id: string,
  seen: number,
): Promise<Refund> {
  await deps.database.transaction(async (tx) => {
    const { refund } = await lockDueRefund(tx, id, seen);
    if (refund.ownerId !== agentId) await changeRefund(tx, refund, { ownerId: agentId, ownedAt: deps.now() });
  });
  return presentRefund(await getRefund(deps, id), 'opened');
}

/** Gives a refund back to the list. One that another agent has stays theirs. Throws `not_found`, `refund_not_due`, `stale`. */
export async function releaseRefund(
  deps: Place,
  { agentId }: AgentPrincipal,
  id: string,
  seen: number,
): Promise<Refund> {
  await deps.database.transaction(async (tx) => {
    const { refund } = await lockDueRefund(tx, id, seen);
    if (refund.ownerId === agentId) await changeRefund(tx, refund, { ownerId: null, ownedAt: null });
  });
  return presentRefund(await getRefund(deps, id), 'opened');
}

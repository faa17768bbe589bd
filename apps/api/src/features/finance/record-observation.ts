import {
  type FinanceOrder,
  type Observation,
  type RouteBody,
  type recordObservation as route,
} from '@rnoce/schemas';
import { centimesOf, currency } from '@rnoce/schemas/money';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import { applyNews } from '../payments/apply-news.ts';
import { findAttempt } from '../payments/payments.repository.ts';
import type { News } from '../payments/verdict.ts';
import { closeResolved } from './close-resolved.ts';
import { observationImpossible, stale } from './finance.errors.ts';
import { getOrder } from './get-order.ts';
import { recordableNow } from './recordable-now.ts';

/** An observation in the gateways' words. Of money that was taken `cancelled` would mean taken back: `recordable` keeps `not_paid` from it. */
const says = {
  captured: 'captured',
  not_paid: 'cancelled',
  voided: 'voided',
  reversed: 'reversed',
} as const satisfies Record<Observation, News['says']>;

/**
 * Records what an agent saw in the provider's back office, judged as the gateway's own word (cause `recorded_by_agent`). Only for the state
 * in which the agent saw the attempt: what came meanwhile is read first. Money that was taken is recorded only of a provider that doesn't tell
 * it itself (`recordableNow`). Throws `not_found`, `observation_impossible`, `stale`.
 */
export async function recordObservation(
  deps: Deps,
  { agentId }: AgentPrincipal,
  attemptId: string,
  { says: observed, amount, transactionNumber, note, seen }: RouteBody<typeof route>,
): Promise<FinanceOrder> {
  const attempt = await findAttempt(deps.database, attemptId);
  if (!attempt) throw notFound();
  if (attempt.status !== seen) throw stale();
  if (!recordableNow(deps, attempt).includes(observed)) throw observationImpossible();
  const applied = await applyNews(deps, {
    attemptId,
    told: {
      says: says[observed],
      trust: 'verified',
      ...(observed === 'captured' && { amountCentimes: centimesOf(amount ?? ''), currency }),
      gatewayTransactionId: transactionNumber,
      detail: note,
    },
    source: 'agent',
    actor: { kind: 'agent', agentId },
    askedOf: attempt.changedAt,
  });
  if (applied.stale) throw stale();
  await closeResolved(deps.database, attemptId, deps.now());
  return await getOrder(deps, applied.order.id);
}

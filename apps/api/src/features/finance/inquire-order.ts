import type { inquireFinanceOrder, RouteAnswer } from '@rnoce/schemas';
import { desc, eq } from 'drizzle-orm';
import { paymentAttempts, paymentOrders } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import { inquireAttempt } from '../payments/ask-gateway.ts';
import { closeResolved } from './close-resolved.ts';

/** Attempts that are asked about, the last ones: each may take its gateway's time limit. */
const askedAttempts = 5;

/** Asks the gateways how the attempts of an order stand, and applies what they say. Throws `not_found`. */
export async function inquireOrder(
  deps: Deps,
  { agentId }: AgentPrincipal,
  id: string,
): Promise<RouteAnswer<typeof inquireFinanceOrder>> {
  const { database } = deps;
  const [order] = await database
    .select({ id: paymentOrders.id })
    .from(paymentOrders)
    .where(eq(paymentOrders.id, id));
  if (!order) throw notFound();
  const attempts = await database
    .select({ id: paymentAttempts.id, reference: paymentAttempts.reference })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.orderId, id))
    .orderBy(desc(paymentAttempts.id))
    .limit(askedAttempts);
  const asked = [];
  for (const { id: attemptId, reference } of attempts) {
    const applied = await inquireAttempt(deps, attemptId, { actor: { kind: 'agent', agentId } });
    const changed = applied.verdict.attempt.length + applied.verdict.order.length > 0;
    if (changed) await closeResolved(database, attemptId, deps.now());
    const outcome = changed ? 'changed' : applied.attempt.silentSince === null ? 'unchanged' : 'no_answer';
    asked.push({ reference, outcome } as const);
  }
  return { attempts: asked };
}

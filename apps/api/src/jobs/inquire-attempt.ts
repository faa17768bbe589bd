import type { Deps } from '../deps.ts';
import { closeResolved } from '../features/finance/close-resolved.ts';
import { inquireAttempt as ask } from '../features/payments/ask-gateway.ts';
import type { JobData } from './queue.ts';

/** Asks a gateway about one attempt, at once; a gateway that is away is asked again by the sweep. */
export async function inquireAttempt(
  deps: Deps,
  { attemptId, transactionId }: JobData['inquire-attempt'],
  signal?: AbortSignal,
): Promise<void> {
  const { verdict } = await ask(deps, attemptId, { transactionId, signal });
  if (verdict.attempt.length > 0) await closeResolved(deps.database, attemptId, deps.now());
}

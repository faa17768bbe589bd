import type { Deps } from '../deps.ts';
import { closeResolved } from '../features/finance/close-resolved.ts';
import { inquireAttempt as ask } from '../features/payments/ask-gateway.ts';
import type { JobData } from './queue.ts';

/**
 * Asks a gateway about one attempt, at once; a gateway that is away is asked again by the sweep. The sweep doesn't know a transaction that
 * only a message named: about that one the job itself asks again. Throws then, for the queue.
 */
export async function inquireAttempt(
  deps: Deps,
  { attemptId, transactionId }: JobData['inquire-attempt'],
  signal?: AbortSignal,
): Promise<void> {
  const { verdict } = await ask(deps, attemptId, { transactionId, signal });
  if (verdict.attempt.length > 0) await closeResolved(deps.database, attemptId, deps.now());
  if (transactionId !== undefined && verdict.answer === 'later')
    throw new Error(`The gateway of attempt ${attemptId} doesn't say yet what it told of.`);
}

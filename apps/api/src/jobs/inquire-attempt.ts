import type { Deps } from '../deps.ts';
import { inquireAttempt as ask } from '../features/payments/ask-gateway.ts';
import type { JobData } from './queue.ts';

/** Asks a gateway about one attempt, at once; a gateway that is away is asked again by the sweep. */
export async function inquireAttempt(
  deps: Deps,
  { attemptId, transactionId }: JobData['inquire-attempt'],
  signal?: AbortSignal,
): Promise<void> {
  await ask(deps, attemptId, { transactionId, signal });
}

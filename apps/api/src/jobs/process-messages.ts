import type { Deps } from '../deps.ts';
import { processMessage } from '../features/gateways/process-message.ts';
import { listUnfinished, maxTries } from '../features/payments/gateway-messages.ts';
import { raiseAnomaly } from '../features/payments/raise-anomalies.ts';

const batch = 200;
/** A message younger than this may still be worked on by the process that received it, in milliseconds. */
const ownTimeMs = 10_000;

/**
 * Does again, from the store, what gateways said and nobody finished: the process died, or PostgreSQL was too slow. What still can't be done at
 * the last try is shown to a person.
 */
export async function processMessages(deps: Deps): Promise<void> {
  const before = new Date(deps.now().getTime() - ownTimeMs);
  for (const message of await listUnfinished(deps.database, before, batch)) {
    try {
      await processMessage(deps, message, { live: false });
    } catch (error) {
      deps.log.error({ err: error, messageId: message.id }, 'a stored message could not be processed');
      if (message.tries + 1 >= maxTries)
        await raiseAnomaly(
          deps.database,
          {
            kind: 'gap_state',
            subject: `${message.provider} ${message.id}`,
            messageId: message.id,
            detail: 'a stored message could not be processed',
          },
          deps.now(),
        );
    }
  }
}

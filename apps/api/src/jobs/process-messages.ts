import type { Deps } from '../deps.ts';
import { processMessage } from '../features/gateways/process-message.ts';
import { listUnfinished } from '../features/payments/gateway-messages.ts';

const batch = 200;
/** A message younger than this may still be worked on by the process that received it, in milliseconds. */
const ownTimeMs = 10_000;

/** Does again, from the store, what gateways said and nobody finished: the process died, or PostgreSQL was too slow. */
export async function processMessages(deps: Deps): Promise<void> {
  const before = new Date(deps.now().getTime() - ownTimeMs);
  for (const message of await listUnfinished(deps.database, before, batch)) {
    try {
      await processMessage(deps, message, { live: false });
    } catch (error) {
      deps.log.error({ err: error, messageId: message.id }, 'a stored message could not be processed');
    }
  }
}

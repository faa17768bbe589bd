import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import { eq } from 'drizzle-orm';
import { paymentAttempts, paymentOrders } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type {
  CallbackAnswer,
  CallbackDecision,
  GatewayNotice,
  RawCallback,
} from '../../integrations/payment-gateway/payment-gateway.ts';
import { notFound } from '../../plugins/problems.ts';
import { type MessageRecord, rejectedDecision, storeCallback } from '../payments/gateway-messages.ts';
import { processMessage } from './process-message.ts';
import type { RejectedBudget } from './rejected-budget.ts';

/** A gateway is answered within two seconds, whatever is slow (reference/payment-gateways.md §4.4, 10). */
const answerMs = 1750;

export interface Received {
  readonly provider: PaymentProvider;
  readonly notice: GatewayNotice;
  readonly body: Buffer;
  readonly headers: RawCallback['headers'];
  /** Where it comes from, which proves nothing. */
  readonly address: string;
}

/** The same message being worked on by this process: its repetitions wait for that work instead of doing it beside. */
const underWork = new Map<string, Promise<CallbackDecision>>();

function processOnce(deps: Deps, message: MessageRecord): Promise<CallbackDecision> {
  const running = underWork.get(message.id);
  if (running) return running;
  const work = processMessage(deps, message, { live: true }).finally(() => underWork.delete(message.id));
  underWork.set(message.id, work);
  return work;
}

/**
 * Takes a gateway's notification: stores it, works on it, and says what the gateway is told. The answer that captures money leaves after the
 * commit alone. What goes wrong on our side, or takes too long, is answered so that the gateway neither captures nor forgets, and the message
 * is done again from the store. What nobody signed is stored while `budget` lasts, and answered alike. Never throws, but 404 for a provider that isn't configured.
 */
export async function receiveCallback(
  deps: Deps,
  budget: RejectedBudget,
  received: Received,
): Promise<CallbackAnswer> {
  const { provider, notice, body, headers, address } = received;
  const gateway = deps.gateways[provider];
  if (!gateway) throw notFound();
  const reading = gateway.readCallback({ body, headers, notice });
  let receipt: string | undefined;
  const work = async (): Promise<CallbackDecision> => {
    if (reading.trust === 'rejected' && !(await budget.admit(address))) return rejectedDecision;
    const message = await storeCallback(deps.database, { provider, notice, reading, at: deps.now() });
    const decision = await processOnce(deps, message);
    if (decision === 'take' && reading.trust === 'verified')
      receipt = await receiptNumberOf(deps, reading.message.attemptReference);
    return decision;
  };
  const decision = await within(answerMs, work()).catch((error: unknown) => {
    deps.log.error(
      { err: error, provider, sha256: reading.record.sha256 },
      'a notification is left for later',
    );
    return undefined;
  });
  if (decision === undefined)
    deps.log.warn({ provider, sha256: reading.record.sha256 }, 'answered « later »');
  return gateway.answerCallback(reading, decision ?? 'later', receipt);
}

async function receiptNumberOf({ database }: Deps, reference: string): Promise<string | undefined> {
  const [row] = await database
    .select({ receiptNumber: paymentOrders.receiptNumber })
    .from(paymentAttempts)
    .innerJoin(paymentOrders, eq(paymentOrders.id, paymentAttempts.orderId))
    .where(eq(paymentAttempts.reference, reference));
  return row?.receiptNumber ?? undefined;
}

/** What the work brings in time; undefined once the time is over, while the work goes on. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  // Its failure after the time is over is logged by nobody else, and must not end the process.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

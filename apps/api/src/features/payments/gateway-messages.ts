import { createHash } from 'node:crypto';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { gatewayMessages } from '../../db/schema/payments.ts';
import type {
  CallbackDecision,
  CallbackReading,
  GatewayNotice,
  Inquiry,
} from '../../integrations/payment-gateway/payment-gateway.ts';
import type { AttemptRecord } from './payments.repository.ts';

export type MessageRecord = typeof gatewayMessages.$inferSelect;
/** A reading without its record, which stands beside it. */
type StoredReading =
  | Omit<Extract<CallbackReading, { trust: 'verified' }>, 'record'>
  | Omit<Extract<CallbackReading, { trust: 'unverified' }>, 'record'>
  | Omit<Extract<CallbackReading, { trust: 'rejected' }>, 'record'>;

/** What nobody signed is worth a trace, not a place on the disk. */
const rejectedBodyLength = 1000;
/** What is decided about it, stored or not. */
export const rejectedDecision = 'acknowledge' satisfies CallbackDecision;
/** A message that can't be worked on is left to a person after so many tries. */
export const maxTries = 20;

/**
 * Stores a callback before anything is done with it, in one statement of its own. The same bytes again count as a repetition of the first,
 * whose decision they get.
 */
export async function storeCallback(
  executor: Executor,
  received: {
    readonly provider: PaymentProvider;
    readonly notice: GatewayNotice;
    readonly reading: CallbackReading;
    readonly at: Date;
  },
): Promise<MessageRecord> {
  const { provider, notice, reading, at } = received;
  const { record, ...stored } = reading;
  const rejected = reading.trust === 'rejected';
  const [row] = await executor
    .insert(gatewayMessages)
    .values({
      provider,
      kind: notice,
      trust: reading.trust,
      reading: stored,
      contentType: record.contentType,
      body: rejected ? record.body.slice(0, rejectedBodyLength) : record.body,
      sha256: record.sha256,
      receivedAt: at,
      ...(rejected && { decision: rejectedDecision, processedAt: at }),
    })
    .onConflictDoUpdate({
      target: [gatewayMessages.provider, gatewayMessages.kind, gatewayMessages.trust, gatewayMessages.sha256],
      set: { repetitions: sql`${gatewayMessages.repetitions} + 1` },
    })
    .returning();
  if (!row) throw new Error('The message was not stored.');
  return row;
}

/** The reading of a stored callback, as the adapter made it. */
export function readingOf(message: MessageRecord): CallbackReading {
  const { contentType, body, sha256 } = message;
  // Written by `storeCallback` alone, from a reading of the same type.
  const stored = message.reading as unknown as StoredReading;
  return { ...stored, record: { contentType, body, sha256 } };
}

/**
 * A message is worked on: counted before, so that one that ends the process doesn't do it for ever. However often a gateway repeats it
 * (`live`), that is one try: the others are those from the store, the last of which shows it to a person.
 */
export async function startMessage(
  executor: Executor,
  id: string,
  { attemptId, live }: { readonly attemptId: string | null; readonly live: boolean },
): Promise<void> {
  const tries = live ? sql`greatest(${gatewayMessages.tries}, 1)` : sql`${gatewayMessages.tries} + 1`;
  await executor.update(gatewayMessages).set({ tries, attemptId }).where(eq(gatewayMessages.id, id));
}

/** What the gateway is told, now and at every repetition, but for a fault that turns out to be none (`correctFault`). */
export async function finishMessage(
  executor: Executor,
  id: string,
  decision: CallbackDecision,
  at: Date,
): Promise<void> {
  await executor
    .update(gatewayMessages)
    .set({ decision, processedAt: at })
    .where(and(eq(gatewayMessages.id, id), isNull(gatewayMessages.processedAt)));
}

/** The answer to a message that was a fault, once and for all. */
export async function correctFault(
  executor: Executor,
  id: string,
  decision: Exclude<CallbackDecision, 'fault'>,
): Promise<void> {
  await executor
    .update(gatewayMessages)
    .set({ decision })
    .where(and(eq(gatewayMessages.id, id), eq(gatewayMessages.decision, 'fault')));
}

/** Callbacks that nobody finished, the oldest first, received before `before`. */
export const listUnfinished = (executor: Executor, before: Date, limit: number): Promise<MessageRecord[]> =>
  executor
    .select()
    .from(gatewayMessages)
    .where(
      and(
        isNull(gatewayMessages.processedAt),
        lt(gatewayMessages.receivedAt, before),
        lt(gatewayMessages.tries, maxTries),
      ),
    )
    .orderBy(asc(gatewayMessages.receivedAt))
    .limit(limit);

/** Keeps the answer to an inquiry. */
export async function insertInquiry(
  executor: Executor,
  attempt: AttemptRecord,
  inquiry: Inquiry,
  at: Date,
): Promise<string | undefined> {
  const body = JSON.stringify(inquiry);
  const [row] = await executor
    .insert(gatewayMessages)
    .values({
      provider: attempt.provider,
      kind: 'inquiry',
      attemptId: attempt.id,
      trust: 'verified',
      reading: { ...inquiry },
      contentType: 'application/json',
      body,
      sha256: createHash('sha256').update(`${attempt.id} ${at.toISOString()} ${body}`).digest('hex'),
      receivedAt: at,
      processedAt: at,
    })
    .onConflictDoNothing()
    .returning({ id: gatewayMessages.id });
  return row?.id;
}

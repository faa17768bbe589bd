import { asc, inArray, lte, sql } from 'drizzle-orm';
import { paymentAttempts } from '../db/schema/payments.ts';
import type { Deps } from '../deps.ts';
import { closeResolved } from '../features/finance/close-resolved.ts';
import { inquireAttempt } from '../features/payments/ask-gateway.ts';

const batch = 50;
/** Gateways asked at once by one process. */
const atOnce = 5;
/** An attempt that was taken up and not answered, because the process died, is asked about again after this long, in milliseconds. */
const leaseMs = 2 * 60_000;
/** A turn ends after this long, in milliseconds; the next one goes on. */
const turnMs = 4 * 60_000;

/** Takes up attempts whose time has come, each by one process alone. */
async function takeDue({ database, now }: Deps): Promise<string[]> {
  const at = now();
  return await database.transaction(async (tx) => {
    const due = await tx
      .select({ id: paymentAttempts.id })
      .from(paymentAttempts)
      .where(lte(paymentAttempts.inquireAt, at))
      .orderBy(asc(paymentAttempts.inquireAt))
      .limit(batch)
      .for('no key update', { skipLocked: true });
    const ids = due.map(({ id }) => id);
    if (ids.length > 0)
      await tx
        .update(paymentAttempts)
        .set({
          inquireAt: new Date(at.getTime() + leaseMs),
          inquiries: sql`${paymentAttempts.inquiries} + 1`,
        })
        .where(inArray(paymentAttempts.id, ids));
    return ids;
  });
}

/**
 * The sweep: asks the gateways about every attempt whose time has come; nothing expires before its gateway was asked
 * (reference/payment-gateways.md §4.3). What fails is logged, and asked again.
 */
export async function inquireAttempts(deps: Deps, signal?: AbortSignal): Promise<void> {
  const endsAt = performance.now() + turnMs;
  for (;;) {
    const ids = await takeDue(deps);
    const work = ids.values();
    const ask = async () => {
      for (const id of work) {
        try {
          const { verdict } = await inquireAttempt(deps, id, { signal });
          if (verdict.attempt.length > 0) await closeResolved(deps.database, id, deps.now());
        } catch (error) {
          deps.log.error({ err: error, attemptId: id }, 'an inquiry failed');
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, ask));
    if (ids.length < batch || performance.now() > endsAt || signal?.aborted) return;
  }
}

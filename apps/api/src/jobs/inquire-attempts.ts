import { paymentProviders } from '@rnoce/schemas';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { paymentAttempts } from '../db/schema/payments.ts';
import type { Deps } from '../deps.ts';
import { closeResolved } from '../features/finance/close-resolved.ts';
import { inquireAttempt } from '../features/payments/ask-gateway.ts';

/** Attempts taken up at once; all are asked about well before the lease ends, however slow the gateway. */
const batch = 32;
/** Questions that one process has open at one gateway. */
const atOnce = 8;
/** An attempt that was taken up and not answered, because the process died, is asked about again after this long, in milliseconds. */
const leaseMs = 2 * 60_000;
/** A turn ends after this long, in milliseconds; the next one goes on. */
const turnMs = 4 * 60_000;

/** Takes up attempts of a gateway whose time has come, each by one process alone. */
async function takeDue({ database, now }: Deps, provider: PaymentProvider): Promise<string[]> {
  const at = now();
  return await database.transaction(async (tx) => {
    const due = await tx
      .select({ id: paymentAttempts.id })
      .from(paymentAttempts)
      .where(and(eq(paymentAttempts.provider, provider), lte(paymentAttempts.inquireAt, at)))
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

/** Asks about one attempt. What fails is logged, and asked again. */
async function ask(deps: Deps, id: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    const { verdict } = await inquireAttempt(deps, id, { signal });
    if (verdict.attempt.length > 0) await closeResolved(deps.database, id, deps.now());
  } catch (error) {
    deps.log.error({ err: error, attemptId: id }, 'an inquiry failed');
  }
}

/** Asks one gateway about all that is due: a question that is slow holds one of its places, and the others go on. */
async function askGateway(deps: Deps, provider: PaymentProvider, signal?: AbortSignal): Promise<void> {
  const endsAt = performance.now() + turnMs;
  let taken: string[] = [];
  let taking: Promise<void> | undefined;
  let isOver = false;
  const take = async () => {
    taken = performance.now() > endsAt || signal?.aborted ? [] : await takeDue(deps, provider);
    isOver = taken.length === 0;
  };
  const next = async (): Promise<string | undefined> => {
    for (;;) {
      const id = taken.shift();
      if (id !== undefined || isOver) return id;
      taking ??= take().finally(() => {
        taking = undefined;
      });
      await taking;
    }
  };
  const place = async () => {
    for (let id = await next(); id !== undefined; id = await next()) await ask(deps, id, signal);
  };
  await Promise.all(Array.from({ length: atOnce }, place));
}

/** Gateways that this process is asking: a turn that comes while a slow one keeps the last busy asks the others, and it no more than before. */
const underWay = new WeakMap<Deps['gateways'], Set<PaymentProvider>>();

/**
 * The sweep: asks the gateways about every attempt whose time has come; nothing expires before its gateway was asked
 * (reference/payment-gateways.md §4.3). Gateways are asked beside each other: one that is slow holds up its own attempts alone. Throws when
 * PostgreSQL is away, once every gateway's turn has ended.
 */
export async function inquireAttempts(deps: Deps, signal?: AbortSignal): Promise<void> {
  const asked = underWay.get(deps.gateways) ?? new Set();
  underWay.set(deps.gateways, asked);
  const turns = paymentProviders
    .filter((provider) => !asked.has(provider))
    .map(async (provider) => {
      asked.add(provider);
      try {
        await askGateway(deps, provider, signal);
      } finally {
        asked.delete(provider);
      }
    });
  const failed = (await Promise.allSettled(turns)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

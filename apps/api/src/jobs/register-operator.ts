import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { filingHistory, filings } from '../db/schema/filings.ts';
import { subscriptions } from '../db/schema/subscriptions.ts';
import type { Deps } from '../deps.ts';
import { recordFilingEvent } from '../features/filings/filings.transitions.ts';
import { registrationOf } from '../features/subscriptions/registry-record.ts';
import { BadrRefusalError } from '../integrations/badr/badr-gateway.ts';
import type { BadrReceipt } from '../integrations/badr/badr-record.ts';
import type { JobData } from './queue.ts';

/** The validated filing with what was sent at its last submission; undefined when there is nothing to register any more. */
async function findRegistration({ database }: Deps, filingId: string) {
  const [row] = await database
    .select({ filing: filings, code: subscriptions.code, sections: filingHistory.sections })
    .from(filings)
    .innerJoin(subscriptions, eq(subscriptions.id, filings.subscriptionId))
    .innerJoin(filingHistory, and(eq(filingHistory.filingId, filings.id), isNotNull(filingHistory.sections)))
    .where(and(eq(filings.id, filingId), eq(filings.registrationStatus, 'queued')))
    .orderBy(desc(filingHistory.at), desc(filingHistory.id))
    .limit(1);
  return row;
}

/** The receipt, or BADR's refusal; throws while BADR is away, so that the queue sends it again. */
async function sendRecord(
  { badr }: Deps,
  reference: string,
  sections: NonNullable<(typeof filingHistory.$inferSelect)['sections']>,
  signal: AbortSignal | undefined,
): Promise<BadrReceipt | BadrRefusalError> {
  try {
    return await badr.register(reference, registrationOf(sections), signal);
  } catch (error) {
    if (error instanceof BadrRefusalError) return error;
    throw error;
  }
}

/**
 * Sends a validated customs record to BADR, with the subscription's code as its reference: sent again after a kill, BADR gives the same
 * receipt. A refusal for good is kept on the filing and logged, for a person to look at.
 */
export async function registerOperator(
  deps: Deps,
  { filingId }: JobData['register-operator'],
  signal?: AbortSignal,
): Promise<void> {
  const found = await findRegistration(deps, filingId);
  if (!found?.sections) return;
  const outcome = await sendRecord(deps, found.code, found.sections, signal);
  const at = deps.now();
  const refused = outcome instanceof BadrRefusalError;
  if (refused)
    deps.log.error(
      { filingId, refusal: outcome.code, reason: outcome.reason },
      'BADR refused a registration',
    );
  await deps.database.transaction(async (tx) => {
    const [changed] = await tx
      .update(filings)
      .set({
        registrationStatus: refused ? 'refused' : 'registered',
        registrationAt: at,
        registrationAccount: refused ? null : outcome.accountNumber,
      })
      .where(and(eq(filings.id, filingId), eq(filings.registrationStatus, 'queued')))
      .returning();
    if (changed && !refused) await recordFilingEvent(tx, changed, 'registered', at);
  });
}

/** Marks as refused a registration that BADR was sent in vain to the end. */
export async function giveUpRegistration(
  { database, log, now }: Pick<Deps, 'database' | 'log' | 'now'>,
  { filingId }: JobData['register-operator'],
): Promise<void> {
  log.error({ filingId }, 'a registration was sent to BADR in vain');
  await database
    .update(filings)
    .set({ registrationStatus: 'refused', registrationAt: now() })
    .where(and(eq(filings.id, filingId), eq(filings.registrationStatus, 'queued')));
}

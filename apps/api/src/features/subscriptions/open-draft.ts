import { type AccountId, casablancaDate, dossierCode, type SubscriptionId } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { type Transaction, violatedIndex } from '../../db/database.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import { openFiling } from '../filings/filings.transitions.ts';
import type { RegistryAnswer } from './registry.policy.ts';
import { authorityUnavailable } from './subscriptions.errors.ts';
import type { SubscriptionRecord } from './subscriptions.repository.ts';

/** What a new draft is made of. */
export type Draft = RegistryAnswer &
  Pick<SubscriptionRecord, 'authorities' | 'purpose' | 'operatorType' | 'identifiers' | 'sections'> & {
    readonly accountId: AccountId;
  };

async function nextSequence(tx: Transaction): Promise<bigint> {
  const { rows } = await tx.execute<{ next: string }>(sql`select nextval('subscription_sequence') as next`);
  const [row] = rows;
  if (!row) throw new Error('the sequence gave no number');
  return BigInt(row.next);
}

/**
 * Writes a draft with its code and a filing per authority; BADR is asked in the background when it gave no answer yet. Throws
 * `authority_unavailable` when the account has a filing at one of the authorities already.
 */
export async function openDraft(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  draft: Draft,
  at: Date,
): Promise<SubscriptionId> {
  const { accountId, authorities, operatorType, identifiers, sections } = draft;
  const [subscription] = await tx
    .insert(subscriptions)
    .values({
      ...draft,
      code: dossierCode(casablancaDate(at), operatorType, await nextSequence(tx)),
      savedAt: at,
      createdAt: at,
    })
    .returning({ id: subscriptions.id });
  if (!subscription) throw new Error('the subscription was not written');
  const { id: subscriptionId } = subscription;
  const { ice } = identifiers;
  const legalName = sections.company?.legalName ?? '';
  const filed = { subscriptionId, accountId, operatorType, ice, legalName, createdAt: at };
  try {
    for (const authority of authorities) await openFiling(tx, { ...filed, authority });
  } catch (error) {
    if (violatedIndex(error) === 'filings_account_authority') throw authorityUnavailable();
    throw error;
  }
  if (draft.registryStatus === 'unavailable') await jobs.send(tx, 'ask-registry', { subscriptionId });
  return subscriptionId as SubscriptionId;
}

import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { AccountId, Locale, SubscriptionId } from '@rnoce/schemas';
import { and, count, eq, gt, isNotNull, lt, type SQL, sql } from 'drizzle-orm';
import { type Transaction, violatedIndex } from '../../db/database.ts';
import { emails } from '../../db/schema/emails.ts';
import { filings } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import { notFound, ProblemError } from '../../plugins/problems.ts';
import { findCustomsAccount } from '../customs-requests/customs-requests.repository.ts';
import { readRegistry } from '../customs-requests/read-registry.ts';
import { queueEmail } from '../emails/emails.service.ts';
import type { FilingRecord } from '../filings/filings.transitions.ts';
import { fillFromRegistry, maskEmail, peoplePrefill, wholeRecord } from './registry.policy.ts';
import {
  operatorAlreadyRegistered,
  registryCodeNotNeeded,
  registryCodeWrong,
  subscriptionNotEditable,
} from './subscriptions.errors.ts';
import { formContext, loadRuleContext } from './subscriptions.form.ts';
import { lockSubscription, type SubscriptionRecord } from './subscriptions.repository.ts';
import { isEditable } from './subscriptions.states.ts';

const codeDigits = 6;
const codeMinutes = 10;
const codeTries = 5;
/**
 * Codes that an account may have sent in a day, and that a mailbox may get from all accounts: more would be guessing, or a nuisance to who
 * owns the address.
 */
const codesPerDay = { account: 10, mailbox: 20 } as const;
const dayMs = 86_400_000;

/** Only its hash is kept. Six digits could be tried out from a plain hash, so it is keyed with a secret that the database doesn't hold. */
const hashOf = ({ environment }: Deps, subscriptionId: string, code: string): string =>
  createHmac('sha256', environment.SESSION_SECRET)
    .update(`registry-code ${subscriptionId} ${code}`)
    .digest('hex');

const sameHash = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** With a validated filing customs know the account: the code shows that it acts for the operator (docs/decisions/017). */
const hasCustomsAccount = (filings: readonly FilingRecord[]): boolean =>
  filings.some(({ authority, status }) => authority === 'customs' && status === 'validated');

/** The subscription, locked, when a code would open something: people's data in a form, or the operations on a customs account. */
async function lockUnconfirmed(
  tx: Transaction,
  accountId: AccountId,
  id: SubscriptionId,
): Promise<{ subscription: SubscriptionRecord; editable: boolean }> {
  const locked = await lockSubscription(tx, accountId, id);
  if (!locked) throw notFound();
  const editable = isEditable(locked.filings);
  if (!editable && !hasCustomsAccount(locked.filings)) throw subscriptionNotEditable();
  if (peoplePrefill(locked.subscription) !== 'code_needed') throw registryCodeNotNeeded();
  return { subscription: locked.subscription, editable };
}

async function assertFewCodes(tx: Transaction, whose: SQL, limit: number, at: Date): Promise<void> {
  const [sent] = await tx
    .select({ count: count(), first: sql<string | null>`min(${emails.createdAt})` })
    .from(emails)
    .where(
      and(
        whose,
        sql`${emails.template} = 'registry_confirmation'`,
        gt(emails.createdAt, new Date(at.getTime() - dayMs)),
      ),
    );
  if (!sent || sent.count < limit) return;
  const seconds = sent.first
    ? Math.max(1, Math.ceil((Date.parse(sent.first) + dayMs - at.getTime()) / 1000))
    : 3600;
  throw new ProblemError('rate_limited', { retryAfterSeconds: seconds, params: { seconds } });
}

type Kept = Pick<SubscriptionRecord, 'registryRecord' | 'registryCheckedAt'>;

/**
 * What BADR holds now of an account which it was attached to: months may have passed, and an address that customs replaced must open nothing any
 * more. Nothing new while BADR is away.
 */
async function refreshed(deps: Deps, accountId: AccountId, id: SubscriptionId): Promise<Kept | undefined> {
  const account = await findCustomsAccount(deps.database, accountId);
  if (account?.subscription.id !== id || peoplePrefill(account.subscription) !== 'code_needed')
    return undefined;
  const reading = await readRegistry(deps, { ...account, requests: [] });
  if (reading.registryStatus !== 'registered') return undefined;
  return { registryRecord: reading.registryRecord, registryCheckedAt: reading.registryReadAt };
}

/** Sends a code to the address that BADR holds; a newer one voids the older. Answers where it went, masked. */
export async function sendRegistryCode(
  deps: Deps,
  { accountId, locale }: { readonly accountId: AccountId; readonly locale: Locale },
  id: SubscriptionId,
): Promise<{ maskedEmail: string; expiresAt: string }> {
  const at = deps.now();
  const expiresAt = new Date(at.getTime() + codeMinutes * 60_000);
  const fresh = await refreshed(deps, accountId, id);
  return await deps.database.transaction(async (tx) => {
    const { subscription } = await lockUnconfirmed(tx, accountId, id);
    const record = wholeRecord({ ...subscription, ...fresh });
    const email = record?.company.email;
    if (!record || !email) throw registryCodeNotNeeded();
    // Accounts that ask at once for the same mailbox wait for each other, or none would see the others' codes.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`registry-code ${email}`}, 0))`);
    await assertFewCodes(tx, eq(emails.accountId, accountId), codesPerDay.account, at);
    await assertFewCodes(tx, eq(emails.to, email), codesPerDay.mailbox, at);
    const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
    await tx
      .update(subscriptions)
      .set({
        ...fresh,
        registryCodeHash: hashOf(deps, id, code),
        registryCodeExpiresAt: expiresAt,
        registryCodeTries: 0,
      })
      .where(eq(subscriptions.id, id));
    await queueEmail(tx, deps.jobs, {
      event: `registry_confirmation:${id}:${at.toISOString()}`,
      template: 'registry_confirmation',
      data: { code, legalName: record.company.legalName ?? '' },
      to: email,
      locale,
      accountId,
    });
    return { maskedEmail: maskEmail(email), expiresAt: expiresAt.toISOString() };
  });
}

/** Counts a try, then looks at it: whatever happens next, no code can be tried more than `codeTries` times. */
async function takeTry(deps: Deps, accountId: AccountId, id: SubscriptionId): Promise<string | null> {
  const [taken] = await deps.database
    .update(subscriptions)
    .set({ registryCodeTries: sql`${subscriptions.registryCodeTries} + 1` })
    .where(
      and(
        eq(subscriptions.id, id),
        eq(subscriptions.accountId, accountId),
        lt(subscriptions.registryCodeTries, codeTries),
        gt(subscriptions.registryCodeExpiresAt, deps.now()),
        isNotNull(subscriptions.registryCodeHash),
      ),
    )
    .returning({ hash: subscriptions.registryCodeHash });
  return taken?.hash ?? null;
}

/** What is shown by the code makes an attached account the holder of the operator's place. Throws `operator_already_registered` when another one is. */
async function takePlace(tx: Transaction, id: SubscriptionId, at: Date): Promise<void> {
  try {
    await tx
      .update(filings)
      .set({ controlProvenAt: at })
      .where(and(eq(filings.subscriptionId, id), eq(filings.attached, true)));
  } catch (error) {
    if (violatedIndex(error) === 'filings_live_operator') throw operatorAlreadyRegistered();
    throw error;
  }
}

/**
 * Confirms by the code that the operator owns BADR's address: people's data are prefilled where the form is still open and empty, and an attached
 * customs account and its operations are theirs. Throws `not_found`, `subscription_not_editable`, `registry_code_not_needed`, `registry_code_wrong`,
 * and `operator_already_registered` when another account took the operator's place meanwhile.
 */
export async function confirmRegistryCode(
  deps: Deps,
  accountId: AccountId,
  id: SubscriptionId,
  code: string,
): Promise<void> {
  await deps.database.transaction(async (tx) => await lockUnconfirmed(tx, accountId, id));
  const expected = await takeTry(deps, accountId, id);
  if (expected === null || !sameHash(expected, hashOf(deps, id, code))) throw registryCodeWrong();
  const rules = await loadRuleContext(deps);
  await deps.database.transaction(async (tx) => {
    const { subscription, editable } = await lockUnconfirmed(tx, accountId, id);
    // Another code, or other identifiers, may have taken this one's place meanwhile.
    if (subscription.registryCodeHash !== expected) throw registryCodeWrong();
    const at = deps.now();
    await takePlace(tx, id, at);
    await tx
      .update(subscriptions)
      .set({
        registryConfirmedAt: at,
        registryCodeHash: null,
        registryCodeExpiresAt: null,
        ...(editable
          ? {
              sections: fillFromRegistry(
                subscription.sections,
                wholeRecord(subscription),
                formContext(subscription, rules),
              ),
              savedAt: at,
              version: subscription.version + 1,
            }
          : {}),
      })
      .where(eq(subscriptions.id, id));
  });
}

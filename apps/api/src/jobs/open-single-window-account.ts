import type { AccountId } from '@rnoce/schemas';
import { and, desc, eq, isNotNull, ne, sql } from 'drizzle-orm';
import type { Transaction } from '../db/database.ts';
import { accounts } from '../db/schema/accounts.ts';
import { filingHistory, filings } from '../db/schema/filings.ts';
import { singleWindowAccounts } from '../db/schema/single-window.ts';
import type { Deps } from '../deps.ts';
import { queueEmail } from '../features/emails/emails.service.ts';
import { recordFilingEvent } from '../features/filings/filings.transitions.ts';
import { usersOf } from '../features/single-window/grant-access.ts';
import {
  SingleWindowRefusalError,
  SingleWindowUnavailableError,
} from '../integrations/single-window/single-window-gateway.ts';
import type { AccountOpening, OpenedAccount } from '../integrations/single-window/single-window-protocol.ts';
import type { JobData } from './queue.ts';

/** A user's account that isn't opened yet, with the form that was validated; undefined when there is nothing to open any more. */
async function findOpening({ database }: Deps, accountId: string) {
  const [row] = await database
    .select({
      account: singleWindowAccounts,
      filing: filings,
      owner: accounts,
      sections: filingHistory.sections,
    })
    .from(singleWindowAccounts)
    .innerJoin(filings, eq(filings.id, singleWindowAccounts.filingId))
    .innerJoin(accounts, eq(accounts.id, filings.accountId))
    .innerJoin(filingHistory, and(eq(filingHistory.filingId, filings.id), isNotNull(filingHistory.sections)))
    .where(and(eq(singleWindowAccounts.id, accountId), eq(singleWindowAccounts.status, 'queued')))
    .orderBy(desc(filingHistory.at), desc(filingHistory.id))
    .limit(1);
  return row;
}
type Opening = NonNullable<Awaited<ReturnType<typeof findOpening>>>;

/** What the single window is asked, from the form that was validated. */
function openingOf({ account, filing, sections }: Opening): AccountOpening {
  const { ice, legalName, operatorType, subscriptionCode } = filing;
  const user = new Map(usersOf(sections ?? {})).get(account.userKey);
  return {
    subscriptionCode: subscriptionCode ?? '',
    operator: { ice, legalName, operatorType },
    user: {
      lastName: account.lastName,
      firstName: account.firstName,
      email: account.email,
      cin: user?.cin ?? '',
      idAddress: user?.idAddress ?? '',
      idExpiresOn: user?.idExpiresOn ?? '',
    },
  };
}

/** The account, or the refusal. While the single window is away the try is counted and it throws, so that the queue asks again. */
async function open(
  { singleWindow, database }: Deps,
  opening: Opening,
  signal: AbortSignal | undefined,
): Promise<OpenedAccount | SingleWindowRefusalError> {
  const { id } = opening.account;
  try {
    if (!singleWindow) throw new SingleWindowUnavailableError('not_configured');
    return await singleWindow.openAccount(id, openingOf(opening), signal);
  } catch (error) {
    if (error instanceof SingleWindowRefusalError) return error;
    if (error instanceof SingleWindowUnavailableError)
      await database
        .update(singleWindowAccounts)
        .set({ tries: sql`${singleWindowAccounts.tries} + 1` })
        .where(and(eq(singleWindowAccounts.id, id), eq(singleWindowAccounts.status, 'queued')));
    throw error;
  }
}

/** Notes the answer once; of the last user who gets an account the history tells that all have theirs. */
async function note(
  tx: Transaction,
  { jobs }: Deps,
  { account: { id, firstName, lastName, email }, filing: { subscriptionCode, legalName }, owner }: Opening,
  outcome: OpenedAccount | SingleWindowRefusalError,
  at: Date,
): Promise<void> {
  const refused = outcome instanceof SingleWindowRefusalError;
  const [noted] = await tx
    .update(singleWindowAccounts)
    .set(
      refused
        ? { status: 'refused', refusal: outcome.reason.slice(0, 1000), at }
        : { status: 'opened', login: outcome.login, refusal: null, at },
    )
    .where(and(eq(singleWindowAccounts.id, id), eq(singleWindowAccounts.status, 'queued')))
    .returning({ filingId: singleWindowAccounts.filingId });
  if (!noted || refused) return;
  await queueEmail(tx, jobs, {
    event: `single_window_account_opened:${id}`,
    to: email,
    locale: owner.locale,
    accountId: owner.id as AccountId,
    template: 'single_window_account_opened',
    data: {
      name: `${firstName} ${lastName}`,
      legalName,
      login: outcome.login,
      subscriptionCode: subscriptionCode ?? '',
    },
  });
  const waiting = await tx.$count(
    singleWindowAccounts,
    and(eq(singleWindowAccounts.filingId, noted.filingId), ne(singleWindowAccounts.status, 'opened')),
  );
  if (waiting > 0) return;
  const [filing] = await tx.select().from(filings).where(eq(filings.id, noted.filingId));
  if (filing) await recordFilingEvent(tx, filing, 'accounts_opened', at);
}

/**
 * Opens one user's account at the single window, the row's id being the reference: asked again after a kill, it is the same account. A
 * refusal is kept for an agent, who may ask again; whatever becomes of one user, the others have their own jobs.
 */
export async function openSingleWindowAccount(
  deps: Deps,
  { accountId }: JobData['open-single-window-account'],
  signal?: AbortSignal,
): Promise<void> {
  const found = await findOpening(deps, accountId);
  if (!found) return;
  const outcome = await open(deps, found, signal);
  if (outcome instanceof SingleWindowRefusalError)
    deps.log.warn(
      { accountId, filingId: found.filing.id, refusal: outcome.code },
      'the single window refused an account',
    );
  const at = deps.now();
  await deps.database.transaction(async (tx) => {
    // Two users noted at once: the second sees the first, so that one of them is the last.
    await tx.select({ id: filings.id }).from(filings).where(eq(filings.id, found.filing.id)).for('update');
    await note(tx, deps, found, outcome, at);
  });
}

/** Marks as refused, without a reason, an account for which the single window was asked in vain to the end. */
export async function giveUpAccount(
  { database, log, now }: Pick<Deps, 'database' | 'log' | 'now'>,
  { accountId }: JobData['open-single-window-account'],
): Promise<void> {
  log.error({ accountId }, 'the single window was asked for an account in vain');
  await database
    .update(singleWindowAccounts)
    .set({ status: 'refused', refusal: null, at: now() })
    .where(and(eq(singleWindowAccounts.id, accountId), eq(singleWindowAccounts.status, 'queued')));
}

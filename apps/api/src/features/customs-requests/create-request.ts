import type { AccountId, CustomsRequestId, CustomsRequestType, SubscriptionId } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { copyDocuments } from '../documents/copy-documents.ts';
import { loadRuleContext, type RuleContext } from '../subscriptions/subscriptions.form.ts';
import { isNews, lastRecord, refusalOf, type Standing } from './account-standing.ts';
import { operationNotAllowed, registryUnavailable } from './customs-requests.errors.ts';
import { requestContext, verdictOnDocument } from './customs-requests.presenter.ts';
import {
  findCustomsAccount,
  keepRegistryWord,
  listRequestDocuments,
  listRequests,
  lockCustomsAccount,
  nextReference,
} from './customs-requests.repository.ts';
import { type RequestRecord, recordRequestEvent } from './customs-requests.transitions.ts';
import { type Reading, readRegistry, sectionsOfRecord, wordOf } from './read-registry.ts';
import { rebaseSections } from './request-changes.ts';

/** The account with its requests. Throws `not_found` without a validated customs filing. */
export async function getStanding(
  { database }: Pick<Deps, 'database'>,
  accountId: AccountId,
): Promise<Standing> {
  const account = await findCustomsAccount(database, accountId);
  if (!account) throw notFound();
  return { ...account, requests: await listRequests(database, account.filing.id) };
}

const draftOf = ({ requests }: Pick<Standing, 'requests'>, type: CustomsRequestType) =>
  requests.find((request) => request.type === type && request.status === 'draft');

/** Throws `operation_not_allowed`, with the reason, unless the operator can ask for this operation now. */
export function assertAllowed(standing: Standing, type: CustomsRequestType): void {
  const refusal = refusalOf(standing, type);
  if (refusal) throw operationNotAllowed(refusal);
}

/** What BADR said last, for an operation that doesn't need its word before it is sent. */
function lastReading(standing: Standing): Reading {
  const { subscription, requests } = standing;
  const record = lastRecord(standing);
  const read = requests
    .filter(({ registryRecord }) => registryRecord)
    .map(({ registryReadAt }) => registryReadAt)
    .toSorted((a, b) => Number(a) - Number(b))
    .at(-1);
  return {
    registryStatus: record ? 'registered' : subscription.registryStatus,
    registryReadAt: read ?? subscription.registryCheckedAt,
    registryRecord: record,
  };
}

/** Reads BADR for an update, which is filled from it. Throws `registry_unavailable`, `operation_not_allowed` when BADR doesn't know the account. */
async function readForUpdate(deps: Deps, standing: Standing): Promise<Reading> {
  const reading = await readRegistry(deps, standing);
  if (reading.registryStatus === 'unavailable') throw registryUnavailable();
  if (reading.registryStatus === 'not_registered') throw operationNotAllowed('not_registered');
  return reading;
}

/**
 * Keeps BADR's word on whether the account is open, and judges the operation by it: customs may have closed the account themselves. In a transaction of its
 * own, because a refusal is no reason to forget it. Throws `operation_not_allowed` with the reason.
 */
export async function assertAllowedBy(
  { database }: Pick<Deps, 'database'>,
  standing: Standing,
  type: CustomsRequestType,
  reading: Reading,
): Promise<void> {
  const word = wordOf(reading);
  if (!word || !isNews(standing, word)) return;
  const { subscription, requests } = standing;
  const refusal = await database.transaction(async (tx) => {
    const locked = await lockCustomsAccount(tx, subscription.id);
    if (!locked) throw notFound();
    await keepRegistryWord(tx, locked.filing, word);
    const account = await findCustomsAccount(tx, subscription.accountId as AccountId);
    if (!account) throw notFound();
    // With the requests that were judged before: what another tab sent meanwhile is told as such, under the locks.
    return refusalOf({ ...account, requests }, type);
  });
  if (refusal) throw operationNotAllowed(refusal);
}

/** The latest that was sent of this type, if it was rejected: what was asked then is corrected and asked again. */
function rejectedBefore({ requests }: Pick<Standing, 'requests'>, type: CustomsRequestType) {
  const last = requests.findLast((request) => request.type === type && request.status !== 'draft');
  return last?.status === 'rejected' ? last : undefined;
}

interface NewDraft {
  readonly type: CustomsRequestType;
  readonly reading: Reading;
  readonly rules: RuleContext;
  readonly at: Date;
}

/** What a new draft says: an update what BADR holds, and either what was rejected before, over it. */
function firstContent(standing: Standing, { type, reading, rules }: NewDraft) {
  const { operatorType } = standing.subscription;
  const last = rejectedBefore(standing, type);
  const context = requestContext({ operatorType }, rules);
  const kept = { managers: [...(last?.before.managers ?? []), ...(last?.sections.managers ?? [])] };
  const held = sectionsOfRecord(reading.registryRecord, context, kept);
  const details = last ? { details: last.details } : {};
  const named = {
    ice: held.company?.ice ?? standing.filing.ice,
    legalName: held.company?.legalName ?? standing.filing.legalName,
  };
  if (type !== 'update') return { ...details, ...named };
  const sections = last ? rebaseSections(last.before, last.sections, held) : held;
  return { ...details, ...named, before: held, sections };
}

/** Gives the documents that were sent with a rejected request, and that no agent refused, to the new one. */
async function carryDocuments(
  tx: Transaction,
  deps: Pick<Deps, 'jobs'>,
  last: RequestRecord,
  draft: RequestRecord,
): Promise<void> {
  const sent = await listRequestDocuments(tx, last.id);
  const good = sent.filter(
    ({ document, scan }) => scan !== 'infected' && verdictOnDocument(last, document) !== 'refused',
  );
  await copyDocuments(tx, deps, good, {
    id: draft.subscriptionId as SubscriptionId,
    requestId: draft.id as CustomsRequestId,
  });
}

async function insertDraft(
  tx: Transaction,
  deps: Pick<Deps, 'jobs'>,
  standing: Standing,
  given: NewDraft,
): Promise<RequestRecord> {
  const { filing, subscription } = standing;
  const { type, reading, at } = given;
  const [draft] = await tx
    .insert(customsRequests)
    .values({
      ...reading,
      ...firstContent(standing, given),
      filingId: filing.id,
      subscriptionId: subscription.id,
      accountId: subscription.accountId,
      reference: await nextReference(tx, subscription),
      type,
      operatorType: subscription.operatorType,
      savedAt: at,
      createdAt: at,
    })
    .returning();
  if (!draft) throw new Error('the request was not written');
  const actor = { kind: 'operator', accountId: subscription.accountId as AccountId } as const;
  await recordRequestEvent(tx, draft, { event: 'created', actor, at });
  const last = rejectedBefore(standing, type);
  if (last) await carryDocuments(tx, deps, last, draft);
  return draft;
}

/**
 * Opens a request, or answers the draft of that type which is being filled in. An update is filled from what BADR holds now. After a rejection it says
 * what was asked then, with the documents that no agent refused: the operator corrects it and sends it again (guide, IV 1).
 * Throws `not_found`, `operation_not_allowed` with the reason, and for an update `registry_unavailable`.
 */
export async function createRequest(
  deps: Deps,
  accountId: AccountId,
  type: CustomsRequestType,
): Promise<CustomsRequestId> {
  const standing = await getStanding(deps, accountId);
  assertAllowed(standing, type);
  const existing = draftOf(standing, type);
  if (existing) return existing.id as CustomsRequestId;
  const reading = type === 'update' ? await readForUpdate(deps, standing) : lastReading(standing);
  if (type === 'update') await assertAllowedBy(deps, standing, type, reading);
  const rules = await loadRuleContext(deps);
  const draft = await deps.database.transaction(async (tx) => {
    const account = await lockCustomsAccount(tx, standing.subscription.id);
    if (!account) throw notFound();
    const locked = { ...account, requests: await listRequests(tx, account.filing.id) };
    assertAllowed(locked, type);
    // Another tab may have opened it meanwhile.
    return (
      draftOf(locked, type) ?? (await insertDraft(tx, deps, locked, { type, reading, rules, at: deps.now() }))
    );
  });
  return draft.id as CustomsRequestId;
}

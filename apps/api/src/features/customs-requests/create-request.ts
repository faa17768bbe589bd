import type { AccountId, CustomsRequestId, CustomsRequestType } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { loadRuleContext, type RuleContext } from '../subscriptions/subscriptions.form.ts';
import { lastRecord, refusalOf, type Standing } from './account-standing.ts';
import { operationNotAllowed, registryUnavailable } from './customs-requests.errors.ts';
import { requestContext } from './customs-requests.presenter.ts';
import {
  type CustomsAccountRecord,
  findCustomsAccount,
  listRequests,
  lockCustomsAccount,
  nextReference,
} from './customs-requests.repository.ts';
import { type RequestRecord, recordRequestEvent } from './customs-requests.transitions.ts';
import { type Reading, readRegistry, sectionsOfRecord } from './read-registry.ts';

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

async function insertDraft(
  tx: Transaction,
  { filing, subscription }: CustomsAccountRecord,
  { type, reading, rules, at }: { type: CustomsRequestType; reading: Reading; rules: RuleContext; at: Date },
): Promise<RequestRecord> {
  const { operatorType } = subscription;
  const held = sectionsOfRecord(reading.registryRecord, requestContext({ operatorType }, rules));
  const filled = type === 'update' ? { before: held, sections: held } : {};
  const [draft] = await tx
    .insert(customsRequests)
    .values({
      ...reading,
      ...filled,
      filingId: filing.id,
      subscriptionId: subscription.id,
      accountId: subscription.accountId,
      reference: await nextReference(tx, subscription),
      type,
      operatorType,
      ice: held.company?.ice ?? filing.ice,
      legalName: held.company?.legalName ?? filing.legalName,
      savedAt: at,
      createdAt: at,
    })
    .returning();
  if (!draft) throw new Error('the request was not written');
  const actor = { kind: 'operator', accountId: subscription.accountId as AccountId } as const;
  await recordRequestEvent(tx, draft, { event: 'created', actor, at });
  return draft;
}

/**
 * Opens a request, or answers the draft of that type which is being filled in. An update is filled from what BADR holds now.
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
  const rules = await loadRuleContext(deps);
  const draft = await deps.database.transaction(async (tx) => {
    const account = await lockCustomsAccount(tx, standing.subscription.id);
    if (!account) throw notFound();
    const locked = { ...account, requests: await listRequests(tx, account.filing.id) };
    assertAllowed(locked, type);
    // Another tab may have opened it meanwhile.
    return (
      draftOf(locked, type) ?? (await insertDraft(tx, account, { type, reading, rules, at: deps.now() }))
    );
  });
  return draft.id as CustomsRequestId;
}

import {
  type AccountId,
  type CustomsRequestId,
  judgeRequest,
  recordChanges,
  requestDocuments,
} from '@rnoce/schemas';
import { and, eq, inArray } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import { documentVersions } from '../../db/schema/documents.ts';
import type { Deps } from '../../deps.ts';
import { invalid, notFound } from '../../plugins/problems.ts';
import { passwordWrong } from '../accounts/accounts.errors.ts';
import type { AccountRow } from '../accounts/accounts.presenter.ts';
import { getAccount, requireSamePassword } from '../accounts/accounts.repository.ts';
import type { DocumentRecord } from '../documents/documents.presenter.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { requirePassword } from '../sessions/open-sessions.ts';
import { loadRuleContext, type RuleContext } from '../subscriptions/subscriptions.form.ts';
import { emailIn, type Standing } from './account-standing.ts';
import { assertAllowed, assertAllowedBy } from './create-request.ts';
import { operationNotAllowed, registryChanged } from './customs-requests.errors.ts';
import { requestData } from './customs-requests.links.ts';
import { requestContext, requestForm } from './customs-requests.presenter.ts';
import {
  findCustomsAccount,
  type LockedRequest,
  listRequestDocuments,
  listRequests,
  lockRequest,
} from './customs-requests.repository.ts';
import { moveRequest, type RequestRecord } from './customs-requests.transitions.ts';
import { findSentCompany, type Reading, readRegistry, sectionsOfRecord } from './read-registry.ts';
import { rebaseSections } from './request-changes.ts';
import { recordRequestSubmission } from './request-events.ts';
import { assertOpen } from './save-request.ts';

export interface Submission {
  readonly accountId: AccountId;
  readonly id: CustomsRequestId;
  /** The version that the operator reviewed. */
  readonly version: number;
  /** Asked again for a cancellation. */
  readonly password: string | undefined;
  /** Where the call comes from: attempts at the password are counted by it too. */
  readonly address: string;
}

interface Judged {
  /** The documents that leave with the request. */
  readonly asked: readonly DocumentRecord[];
  /** Given for a choice that was changed since: they stay here. */
  readonly others: readonly DocumentRecord[];
}

/** Throws `validation` with every issue unless the request can be sent as it stands. */
async function judgeWhole(executor: Executor, request: RequestRecord, rules: RuleContext): Promise<Judged> {
  const documents = await listRequestDocuments(executor, request.id);
  const form = requestForm(request, documents, rules);
  const { issues } = judgeRequest(form);
  if (issues.length > 0) throw invalid(issues);
  const names = requestDocuments(form);
  return {
    asked: documents.filter(({ document }) => names.includes(document)),
    others: documents.filter(({ document }) => !names.includes(document)),
  };
}

/** A cancellation stops a company's trade: an open session isn't enough to ask for it. Throws `validation`, `password_wrong`, `locked`. */
async function assertPassword(
  deps: Deps,
  { type }: RequestRecord,
  account: AccountRow,
  { password, address }: Submission,
): Promise<void> {
  if (type !== 'cancellation') return;
  if (password === undefined || password === '') throw invalid([{ pointer: '/password', code: 'required' }]);
  await requirePassword(deps, { ...account, scope: 'password-change', address }, password);
}

const holdsSame = ({ before, operatorType }: RequestRecord, fresh: RequestRecord['before']): boolean =>
  recordChanges(before, fresh, { operatorType }).length === 0;

/**
 * Puts an update over the record that BADR has now, for its operator to look at again: what they changed stays. In a transaction of its own,
 * because the submission is refused.
 */
async function rebase(
  { database, now }: Deps,
  { accountId, id, version }: Submission,
  reading: Reading,
  rules: RuleContext,
): Promise<void> {
  await database.transaction(async (tx) => {
    const locked = await lockRequest(tx, { accountId }, id);
    if (!locked) throw notFound();
    const { request } = locked;
    assertOpen(request, version);
    const managers = [...(request.before.managers ?? []), ...(request.sections.managers ?? [])];
    const context = requestContext(request, rules);
    const fresh = sectionsOfRecord(reading.registryRecord, context, { managers });
    await tx
      .update(customsRequests)
      .set({
        ...reading,
        before: fresh,
        sections: rebaseSections(request.before, request.sections, fresh),
        legalName: fresh.company?.legalName ?? request.legalName,
        savedAt: now(),
        version: version + 1,
      })
      .where(eq(customsRequests.id, id));
  });
}

/** What is written of BADR's last answer: while it is away, the older reading stays, and the agent sees that. */
const readingToKeep = (reading: Reading): Partial<Reading> =>
  reading.registryStatus === 'unavailable' ? { registryStatus: 'unavailable' } : reading;

const sameAddress = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

/** Where customs would write to the operator: the address in BADR's record, or the declared one which made that record. */
async function addressAtCustoms(
  tx: Transaction,
  locked: LockedRequest,
  record: Record<string, unknown> | null,
): Promise<string | null> {
  return emailIn(record) ?? (await findSentCompany(tx, locked))?.email ?? null;
}

async function tellOperator(
  tx: Transaction,
  { jobs }: Deps,
  account: AccountRow,
  { locked, sent }: { locked: LockedRequest; sent: RequestRecord },
): Promise<void> {
  const { id, reference, type } = sent;
  const to = { locale: account.locale, accountId: account.id as AccountId };
  await queueEmail(tx, jobs, {
    ...to,
    to: account.email,
    event: `customs_request_received:${id}`,
    template: 'customs_request_received',
    data: requestData(sent),
  });
  if (type !== 'cancellation') return;
  const address = await addressAtCustoms(tx, locked, sent.registryRecord);
  if (address === null || sameAddress(address, account.email)) return;
  await queueEmail(tx, jobs, {
    ...to,
    to: address,
    event: `cancellation_notice:${id}`,
    template: 'cancellation_notice',
    data: { legalName: sent.legalName, reference },
  });
}

/** The request with its account, as they stand before the submission. */
async function loadStanding(
  { database }: Deps,
  { accountId, id, version }: Submission,
): Promise<{ request: RequestRecord; standing: Standing }> {
  const account = await findCustomsAccount(database, accountId);
  if (!account) throw notFound();
  // Read at once: one that another tab sends meanwhile was sent already, rather than forbidden by itself.
  const requests = await listRequests(database, account.filing.id);
  const request = requests.find((one) => one.id === id);
  if (!request) throw notFound();
  assertOpen(request, version);
  return { request, standing: { ...account, requests } };
}

/**
 * Sends a request to customs. The account's state, the control of the operator and the whole form are judged again under the locks; BADR is read
 * again before them. Status, history with what was sent and e-mails are one transaction.
 * Throws `not_found`, `request_not_editable`, `stale`, `operation_not_allowed` with the reason, `validation` with every pointer, `password_wrong`
 * and `locked` (cancellation), and `registry_changed` when BADR's record isn't the one that the update was filled from: the draft then
 * stands over the new one.
 */
export async function submitRequest(deps: Deps, submission: Submission): Promise<void> {
  const { database, now } = deps;
  const { accountId, id, version } = submission;
  const { request, standing } = await loadStanding(deps, submission);
  assertAllowed(standing, request.type);
  const rules = await loadRuleContext(deps);
  await judgeWhole(database, request, rules);
  const account = await getAccount(database, accountId);
  await assertPassword(deps, request, account, submission);

  const reading = await readRegistry(deps, standing);
  await assertAllowedBy(deps, standing, request.type, reading);
  if (request.type === 'update') {
    if (reading.registryStatus === 'not_registered') throw operationNotAllowed('not_registered');
    const fresh = sectionsOfRecord(reading.registryRecord, requestContext(request, rules), request.before);
    if (reading.registryRecord && !holdsSame(request, fresh)) {
      await rebase(deps, submission, reading, rules);
      throw registryChanged();
    }
  }

  await database.transaction(async (tx) => {
    const locked = await lockRequest(tx, { accountId }, id);
    if (!locked) throw notFound();
    assertOpen(locked.request, version);
    assertAllowed({ ...locked, requests: await listRequests(tx, locked.filing.id) }, request.type);
    const { asked, others } = await judgeWhole(tx, locked.request, rules);
    // The password may have been changed meanwhile, against who knew the former one.
    if (request.type === 'cancellation') await requireSamePassword(tx, account, passwordWrong());
    const at = now();
    const kept = readingToKeep(reading);
    const { details, before, sections } = locked.request;
    const sent = await moveRequest(tx, deps, {
      request: locked.request,
      transition: 'submitted',
      actor: { kind: 'operator', accountId },
      at,
      changes: kept,
      sent: {
        details,
        ...(request.type === 'update' ? { before, sections } : {}),
        documentVersions: asked.map((document) => document.id),
        registryRecord: kept.registryRecord ?? locked.request.registryRecord,
      },
    });
    if (others.length > 0)
      await tx
        .update(documentVersions)
        .set({ current: false, removedAt: at })
        .where(
          and(
            inArray(
              documentVersions.id,
              others.map((document) => document.id),
            ),
            eq(documentVersions.current, true),
          ),
        );
    await tellOperator(tx, deps, account, { locked, sent });
    await recordRequestSubmission(tx, sent, at);
  });
}

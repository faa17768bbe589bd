import type { AccountId, exportAccount as exportAccountRoute, RouteAnswer } from '@rnoce/schemas';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { customsRequestHistory, customsRequests } from '../../db/schema/customs-requests.ts';
import { documentVersions } from '../../db/schema/documents.ts';
import { emails } from '../../db/schema/emails.ts';
import { filingHistory, filings } from '../../db/schema/filings.ts';
import { messages } from '../../db/schema/messages.ts';
import { sessions } from '../../db/schema/sessions.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import { presentMessage } from '../messages/messages.presenter.ts';
import { listAccounts } from '../single-window/single-window.repository.ts';
import { maskEmail } from '../subscriptions/registry.policy.ts';
import { presentAccount } from './accounts.presenter.ts';
import { getAccount } from './accounts.repository.ts';

/** The e-mails that go to the address of customs' record. */
const toCustomsAddress: ReadonlySet<string> = new Set(['registry_confirmation', 'cancellation_notice']);

/**
 * Everything that is kept about the account, for its owner (law 09-08, article 7). Agents' names, verdicts in preparation and what customs
 * holds of the operator belong to the authorities and aren't in it; the files themselves are downloaded one by one.
 */
export async function exportAccount(
  { database, now }: Deps,
  accountId: AccountId,
): Promise<RouteAnswer<typeof exportAccountRoute>> {
  return await database.transaction(
    async (transaction) => {
      const sent = await transaction
        .select({ template: emails.template, to: emails.to, createdAt: emails.createdAt })
        .from(emails)
        .where(eq(emails.accountId, accountId))
        .orderBy(asc(emails.createdAt));
      const opened = await transaction
        .select({
          createdAt: sessions.createdAt,
          lastUsedAt: sessions.lastUsedAt,
          userAgent: sessions.userAgent,
        })
        .from(sessions)
        .where(eq(sessions.accountId, accountId))
        .orderBy(asc(sessions.createdAt));
      return {
        account: presentAccount(await getAccount(transaction, accountId)),
        subscriptions: await exportSubscriptions(transaction, accountId),
        emails: sent.map(({ template, to, createdAt }) => ({
          template,
          // The address that customs holds is shown to nobody who hasn't proved to own it.
          to: toCustomsAddress.has(template) ? maskEmail(to) : to,
          createdAt: createdAt.toISOString(),
        })),
        sessions: opened.map(({ createdAt, lastUsedAt, userAgent }) => ({
          createdAt: createdAt.toISOString(),
          lastUsedAt: lastUsedAt.toISOString(),
          userAgent,
        })),
        exportedAt: now().toISOString(),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

const exportedVersion = {
  document: documentVersions.document,
  version: documentVersions.version,
  fileName: documentVersions.fileName,
  mediaType: documentVersions.mediaType,
  sizeBytes: documentVersions.sizeBytes,
  sha256: documentVersions.sha256,
  uploadedAt: documentVersions.uploadedAt,
};

/** The operations that were asked for on the customs account, drafts included: what was typed and sent, not what BADR answered to agents. */
async function exportRequests(executor: Executor, accountId: AccountId) {
  const rows = await executor
    .select({
      id: customsRequests.id,
      subscriptionId: customsRequests.subscriptionId,
      reference: customsRequests.reference,
      type: customsRequests.type,
      status: customsRequests.status,
      details: customsRequests.details,
      before: customsRequests.before,
      sections: customsRequests.sections,
      reasons: customsRequests.reasons,
      createdAt: customsRequests.createdAt,
      submittedAt: customsRequests.submittedAt,
      decidedAt: customsRequests.decidedAt,
      effect: customsRequests.effectStatus,
      effectAt: customsRequests.effectAt,
    })
    .from(customsRequests)
    .where(eq(customsRequests.accountId, accountId))
    .orderBy(asc(customsRequests.createdAt), asc(customsRequests.id));
  const ids = rows.map(({ id }) => id);
  const documents = await executor
    .select({ requestId: documentVersions.customsRequestId, ...exportedVersion })
    .from(documentVersions)
    .where(inArray(documentVersions.customsRequestId, ids))
    .orderBy(asc(documentVersions.uploadedAt));
  const history = await executor
    .select({
      requestId: customsRequestHistory.requestId,
      event: customsRequestHistory.event,
      to: customsRequestHistory.toStatus,
      actor: customsRequestHistory.actor,
      reasons: customsRequestHistory.reasons,
      at: customsRequestHistory.at,
    })
    .from(customsRequestHistory)
    .where(inArray(customsRequestHistory.requestId, ids))
    .orderBy(asc(customsRequestHistory.at), asc(customsRequestHistory.id));
  return rows.map((row) => ({
    ...row,
    documents: documents.filter(({ requestId }) => requestId === row.id),
    // That one of two agents accepted decides nothing, and is the authority's affair.
    history: history.filter(({ requestId, event }) => requestId === row.id && event !== 'endorsed'),
  }));
}

async function exportSubscriptions(
  executor: Executor,
  accountId: AccountId,
): Promise<Record<string, unknown>[]> {
  const rows = await executor
    .select({
      id: subscriptions.id,
      code: subscriptions.code,
      authorities: subscriptions.authorities,
      purpose: subscriptions.purpose,
      operatorType: subscriptions.operatorType,
      identifiers: subscriptions.identifiers,
      sections: subscriptions.sections,
      termsAcceptedAt: subscriptions.termsAcceptedAt,
      submittedAt: subscriptions.submittedAt,
      createdAt: subscriptions.createdAt,
    })
    .from(subscriptions)
    .where(eq(subscriptions.accountId, accountId))
    .orderBy(asc(subscriptions.createdAt));
  const ids = rows.map(({ id }) => id);
  const documents = await executor
    .select({ subscriptionId: documentVersions.subscriptionId, ...exportedVersion })
    .from(documentVersions)
    .where(and(inArray(documentVersions.subscriptionId, ids), isNull(documentVersions.customsRequestId)))
    .orderBy(asc(documentVersions.uploadedAt));
  const filed = await executor
    .select({
      id: filings.id,
      subscriptionId: filings.subscriptionId,
      authority: filings.authority,
      status: filings.status,
      reasons: filings.reasons,
      submittedAt: filings.submittedAt,
      decidedAt: filings.decidedAt,
      validatedAt: filings.validatedAt,
      subscriptionCode: filings.subscriptionCode,
    })
    .from(filings)
    .where(eq(filings.accountId, accountId));
  const history = await executor
    .select({
      filingId: filingHistory.filingId,
      event: filingHistory.event,
      from: filingHistory.fromStatus,
      to: filingHistory.toStatus,
      actor: filingHistory.actor,
      reasons: filingHistory.reasons,
      sections: filingHistory.sections,
      at: filingHistory.at,
    })
    .from(filingHistory)
    .innerJoin(filings, eq(filings.id, filingHistory.filingId))
    .where(eq(filings.accountId, accountId))
    .orderBy(asc(filingHistory.at));
  const filingIds = filed.map(({ id }) => id);
  const requests = await exportRequests(executor, accountId);
  const opened = await listAccounts(executor, filingIds);
  const written = await executor
    .select()
    .from(messages)
    .where(inArray(messages.filingId, filingIds))
    .orderBy(asc(messages.id));
  const messagesOf = (filingId: string) =>
    written
      .filter((message) => message.filingId === filingId)
      .map((message) => presentMessage({ message, agentName: null }, { kind: 'operator' }));
  return rows.map((row) => ({
    ...row,
    documents: documents.filter(({ subscriptionId }) => subscriptionId === row.id),
    customsRequests: requests.filter(({ subscriptionId }) => subscriptionId === row.id),
    filings: filed
      .filter(({ subscriptionId }) => subscriptionId === row.id)
      .map((filing) => ({
        ...filing,
        history: history.filter(({ filingId }) => filingId === filing.id),
        messages: messagesOf(filing.id),
        singleWindowAccounts: opened.get(filing.id) ?? [],
      })),
  }));
}

import type {
  AgentId,
  CustomsRequestDossier,
  CustomsRequestId,
  FilingId,
  SubscriptionId,
} from '@rnoce/schemas';
import { requestDocuments } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import { filings } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import { type DocumentRecord, presentDocumentVersion } from '../documents/documents.presenter.ts';
import { presentRegistryRecord } from '../subscriptions/registry-record.ts';
import type { RuleContext } from '../subscriptions/subscriptions.form.ts';
import { controlOf } from './account-standing.ts';
import { compareChanges } from './compare-changes.ts';
import {
  presentRequestHistory,
  presentRequestRow,
  requestForm,
  verdictOnDocument,
} from './customs-requests.presenter.ts';
import {
  inScope,
  listRequestDocuments,
  listRequestHistory,
  type RequestHistoryRow,
} from './customs-requests.repository.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';

/** How many agents must accept a request (`CANCELLATION_AGENTS`): a cancellation stops a company's trade. */
export const agentsNeededFor = (
  { type }: Pick<RequestRecord, 'type'>,
  { CANCELLATION_AGENTS }: Pick<Deps['environment'], 'CANCELLATION_AGENTS'>,
): number => (type === 'cancellation' ? CANCELLATION_AGENTS : 1);

/** A request that was sent, with its account. Throws `not_found`. */
export async function getSentRequest(executor: Executor, id: CustomsRequestId) {
  const [row] = await executor
    .select({ request: customsRequests, filing: filings, account: accounts })
    .from(customsRequests)
    .innerJoin(filings, eq(filings.id, customsRequests.filingId))
    .innerJoin(subscriptions, eq(subscriptions.id, customsRequests.subscriptionId))
    .innerJoin(accounts, eq(accounts.id, customsRequests.accountId))
    .where(and(eq(customsRequests.id, id), inScope('customs')));
  if (!row) throw notFound();
  return row;
}
export type SentRequest = Awaited<ReturnType<typeof getSentRequest>>;

/** The documents that were sent with a request, in the order in which it asks for them. */
export async function listSentDocuments(
  executor: Executor,
  request: RequestRecord,
  rules: RuleContext,
): Promise<DocumentRecord[]> {
  const documents = await listRequestDocuments(executor, request.id);
  return requestDocuments(requestForm(request, documents, rules)).flatMap(
    (name) => documents.find(({ document }) => document === name) ?? [],
  );
}

const presentEndorsements = (history: readonly RequestHistoryRow[]): CustomsRequestDossier['endorsements'] =>
  history.flatMap(({ entry: { event, agentId, at }, agentName, integratorName }) =>
    event === 'endorsed' || event === 'accepted'
      ? [
          {
            agentId: agentId as AgentId | null,
            agentName: agentName ?? integratorName ?? '',
            at: at.toISOString(),
          },
        ]
      : [],
  );

function presentDossier(
  { request, filing, account }: SentRequest,
  {
    history,
    documents,
    rules,
    agentsNeeded,
  }: {
    history: readonly RequestHistoryRow[];
    documents: readonly DocumentRecord[];
    rules: RuleContext;
    agentsNeeded: number;
  },
): CustomsRequestDossier {
  return {
    ...presentRequestRow(request, 'agent'),
    subscriptionId: request.subscriptionId as SubscriptionId,
    filingId: request.filingId as FilingId,
    account: {
      legalName: account.legalName,
      email: account.email,
      phone: account.phone,
      locale: account.locale,
    },
    control: controlOf({ filing }),
    attached: filing.attached,
    details: request.details,
    changes: compareChanges(request, rules),
    documents: documents.map((document) =>
      presentDocumentVersion(document, verdictOnDocument(request, document.document)),
    ),
    registry: {
      status: request.registryStatus,
      readAt: request.registryReadAt?.toISOString() ?? null,
      accountStatus: presentRegistryRecord(request.registryRecord)?.accountStatus ?? null,
    },
    endorsements: presentEndorsements(history),
    agentsNeeded,
    history: presentRequestHistory(history, 'agent'),
    version: request.version,
  };
}

/** The dossier of a request that was sent. Throws `not_found`. */
export async function getRequestDossier(
  executor: Executor,
  { environment }: Pick<Deps, 'environment'>,
  rules: RuleContext,
  id: CustomsRequestId,
): Promise<CustomsRequestDossier> {
  const row = await getSentRequest(executor, id);
  return presentDossier(row, {
    history: await listRequestHistory(executor, [id]),
    documents: await listSentDocuments(executor, row.request, rules),
    rules,
    agentsNeeded: agentsNeededFor(row.request, environment),
  });
}

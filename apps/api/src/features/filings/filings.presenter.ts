import {
  type AgentId,
  type Dossier,
  documentNames,
  type FilingId,
  type FilingRow,
  type HistoryEntry,
  type SubscriptionId,
  viewSections,
} from '@rnoce/schemas';
import { presentDocumentVersion } from '../documents/documents.presenter.ts';
import { presentRegistryRecord } from '../subscriptions/registry-record.ts';
import type { FilingOf, HistoryRow, LastHold, VersionRow } from './filings.repository.ts';
import type { FilingRecord } from './filings.transitions.ts';

/** A sent filing as a row of the queue. */
export function presentRow({
  filing,
  code,
  holderName,
}: {
  filing: FilingRecord;
  code: string;
  holderName: string | null;
}): FilingRow {
  const { submittedAt, dueAt, holderId, heldAt } = filing;
  if (!submittedAt) throw new Error('a draft is no row of the queue');
  return {
    id: filing.id as FilingId,
    code,
    legalName: filing.legalName,
    ice: filing.ice,
    operatorType: filing.operatorType,
    status: filing.status,
    attached: filing.attached,
    submittedAt: submittedAt.toISOString(),
    dueAt: (dueAt ?? submittedAt).toISOString(),
    submissions: filing.submissions,
    holder:
      holderId && heldAt && holderName !== null
        ? { id: holderId as AgentId, name: holderName, since: heldAt.toISOString() }
        : null,
    unreadMessages: 0,
  };
}

const presentHistory = ({ entry, agentName }: HistoryRow): HistoryEntry => ({
  event: entry.event,
  at: entry.at.toISOString(),
  actor: entry.actor,
  actorName: agentName,
  from: entry.fromStatus,
  to: entry.toStatus,
  reasons: entry.reasons,
});

/** What the operator sent: the form and the documents of the last submission, and every version sent before. */
export interface Sent {
  readonly sections: Dossier['sections'];
  readonly documents: readonly VersionRow[];
  readonly history: readonly VersionRow[];
}

/**
 * Reads what was sent from the history: what the operator changes in a reopened form, or gave and took back before sending, is not
 * the agents' to see.
 */
export function readSent(
  filing: Pick<FilingRecord, 'authority' | 'operatorType'>,
  history: readonly HistoryRow[],
  versions: readonly VersionRow[],
): Sent {
  const submissions = history.filter(({ entry }) => entry.sections !== null).map(({ entry }) => entry);
  const last = submissions.at(-1);
  const sentLast = new Set(last?.documentVersions);
  const sentEver = new Set(submissions.flatMap(({ documentVersions }) => documentVersions ?? []));
  const order = ({ version }: VersionRow) => documentNames.indexOf(version.document);
  return {
    sections: viewSections(last?.sections ?? {}, {
      operatorType: filing.operatorType,
      authorities: [filing.authority],
    }),
    documents: versions
      .filter(({ version }) => sentLast.has(version.id))
      .toSorted((one, other) => order(one) - order(other)),
    history: versions.filter(({ version }) => sentEver.has(version.id)),
  };
}

/** The dossier that an agent decides on. */
export function presentDossier(
  { filing, code, holderName, subscription, account }: FilingOf,
  history: readonly HistoryRow[],
  sent: Sent,
  lastHold: LastHold,
): Dossier {
  return {
    ...presentRow({ filing, code, holderName }),
    subscriptionId: filing.subscriptionId as SubscriptionId,
    authority: filing.authority,
    purpose: subscription.purpose,
    account: {
      legalName: account.legalName,
      email: account.email,
      phone: account.phone,
      locale: account.locale,
    },
    sections: sent.sections,
    contract: null,
    documents: sent.documents.map(({ version, verdict }) => presentDocumentVersion(version, verdict)),
    documentHistory: sent.history.map(({ version, verdict }) => presentDocumentVersion(version, verdict)),
    registry: {
      status: subscription.registryStatus,
      checkedAt: subscription.registryCheckedAt?.toISOString() ?? null,
      mismatch: subscription.registryMismatch,
      record: presentRegistryRecord(subscription.registryRecord),
    },
    reasons: filing.reasons,
    verdict: filing.verdict,
    lastHold: lastHold
      ? {
          event: lastHold.hold.event,
          agentId: lastHold.hold.agentId as AgentId,
          agentName: lastHold.agentName,
          at: lastHold.hold.at.toISOString(),
        }
      : null,
    history: history.map(presentHistory),
    registration: filing.registrationStatus
      ? { status: filing.registrationStatus, at: filing.registrationAt?.toISOString() ?? null }
      : null,
    singleWindowAccounts: [],
    subscriptionCode: filing.subscriptionCode,
    version: filing.version,
  };
}

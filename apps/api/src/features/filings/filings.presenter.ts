import {
  type AgentId,
  type ContractView,
  type Dossier,
  documentBelongs,
  documentNames,
  EntityType,
  type FilingId,
  type FilingRow,
  type HistoryEntry,
  type RegistryRecord,
  type SingleWindowAccount,
  type SubscriptionId,
  viewSections,
} from '@rnoce/schemas';
import { presentDocumentVersion } from '../documents/documents.presenter.ts';
import { presentRegistryRecord, withoutPeople } from '../subscriptions/registry-record.ts';
import type { FilingOf, HistoryRow, LastHold, VersionRow } from './filings.repository.ts';
import type { FilingRecord } from './filings.transitions.ts';
import { standingVerdict, verdictItems } from './verdict.rules.ts';

/** A sent filing as a row of the queue. */
export function presentRow(
  { filing, code, holderName }: Pick<FilingOf, 'filing' | 'code' | 'holderName'>,
  unreadMessages: number,
): FilingRow {
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
    unreadMessages,
  };
}

const presentHistory = ({ entry, agentName, integratorName }: HistoryRow): HistoryEntry => ({
  event: entry.event,
  at: entry.at.toISOString(),
  actor: entry.actor,
  actorName: agentName ?? integratorName,
  from: entry.fromStatus,
  to: entry.toStatus,
  reasons: entry.reasons,
  emailChanges: entry.emailChanges,
  note: entry.note,
});

/** The submissions in a filing's history, oldest first: the form and the documents as they were sent. */
export const submissionsOf = (history: readonly HistoryRow[]) =>
  history.flatMap(({ entry }) =>
    entry.sections ? [{ sections: entry.sections, documentVersions: entry.documentVersions ?? [] }] : [],
  );
type Submission = ReturnType<typeof submissionsOf>[number];

/** What the operator sent to an authority: the form and the documents of the last submission, and every version sent before. */
export interface Sent {
  readonly sections: Dossier['sections'];
  readonly documents: readonly VersionRow[];
  readonly history: readonly VersionRow[];
}

/**
 * Reads what was sent from the history: what the operator changes in a reopened form, or gave and took back before sending, is not
 * the agents' to see. Nor is what another authority asks of the same form.
 */
export function readSent(
  { authority, operatorType }: Pick<FilingRecord, 'authority' | 'operatorType'>,
  history: readonly HistoryRow[],
  versions: readonly VersionRow[],
): Sent {
  const context = { operatorType, authorities: [authority] };
  const documentOf = new Map(versions.map(({ version }) => [version.id, version.document]));
  const asked = ({ sections, documentVersions }: Submission) => {
    const entityType = EntityType.safeParse(sections.company?.entityType).data;
    return documentVersions.filter((id) => {
      const document = documentOf.get(id);
      return document !== undefined && documentBelongs(document, { ...context, entityType });
    });
  };
  const submissions = submissionsOf(history);
  const last = submissions.at(-1);
  const sentLast = new Set(last && asked(last));
  const sentEver = new Set(submissions.flatMap(asked));
  const order = ({ version }: VersionRow) => documentNames.indexOf(version.document);
  return {
    sections: viewSections(last?.sections ?? {}, context),
    documents: versions
      .filter(({ version }) => sentLast.has(version.id))
      .toSorted((one, other) => order(one) - order(other)),
    history: versions.filter(({ version }) => sentEver.has(version.id)),
  };
}

/** BADR's record belongs to customs; another authority sees the company's public facts beside what is declared, and no people. */
function presentRecord({ filing, subscription }: FilingOf): RegistryRecord | null {
  const record = presentRegistryRecord(subscription.registryRecord);
  return record && filing.authority !== 'customs' ? withoutPeople(record) : record;
}

/** How the account of an attached filing showed that it acts for the operator. */
function presentControl({ attached, controlProvenAt, controlProvenBy }: FilingRecord): Dossier['control'] {
  if (!attached) return null;
  if (!controlProvenAt) return 'unproven';
  return controlProvenBy ? 'agent' : 'mailbox';
}

/** What a dossier shows beside the filing itself. */
export interface DossierParts {
  readonly history: readonly HistoryRow[];
  readonly sent: Sent;
  readonly lastHold: LastHold;
  readonly contract: ContractView | null;
  readonly unreadMessages: number;
  readonly singleWindowAccounts: SingleWindowAccount[];
}

/** The dossier that an agent decides on. */
export function presentDossier(
  row: FilingOf,
  { history, sent, lastHold, contract, unreadMessages, singleWindowAccounts }: DossierParts,
): Dossier {
  const { filing, subscription, account } = row;
  return {
    ...presentRow(row, unreadMessages),
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
    contract,
    documents: sent.documents.map(({ version, verdict }) => presentDocumentVersion(version, verdict)),
    documentHistory: sent.history.map(({ version, verdict }) => presentDocumentVersion(version, verdict)),
    registry: {
      status: subscription.registryStatus,
      checkedAt: subscription.registryCheckedAt?.toISOString() ?? null,
      mismatch: subscription.registryMismatch,
      record: presentRecord(row),
    },
    control: presentControl(filing),
    reasons: filing.reasons,
    verdict: standingVerdict(filing.verdict, verdictItems(filing, sent)),
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
    singleWindowAccounts,
    subscriptionCode: filing.subscriptionCode,
    version: filing.version,
  };
}

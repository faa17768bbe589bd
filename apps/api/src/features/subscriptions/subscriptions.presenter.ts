import {
  DocumentName,
  documentAuthority,
  documentRules,
  documentsOf,
  EntityType,
  type Filing,
  type FilingId,
  type Subscription,
  type SubscriptionId,
  viewSections,
} from '@rnoce/schemas';
import { presentDocumentVersion } from '../documents/documents.presenter.ts';
import { tellChanges } from './changed-since.ts';
import { maskEmail, peoplePrefill, visibleRecord, wholeRecord } from './registry.policy.ts';
import {
  finishedProgress,
  formContext,
  givenDocuments,
  progressOf,
  type RuleContext,
} from './subscriptions.form.ts';
import type { HistoryRecord, LoadedFiling, LoadedSubscription } from './subscriptions.repository.ts';
import { isEditable, isUnfinished } from './subscriptions.states.ts';

/** A line of a filing's history for its operator, who sees the authority and not the agent. */
const presentHistory = (entry: HistoryRecord): Filing['history'][number] => ({
  event: entry.event,
  at: entry.at.toISOString(),
  actor: entry.actor,
  actorName: null,
  from: entry.fromStatus,
  to: entry.toStatus,
  reasons: entry.reasons,
  emailChanges: entry.emailChanges,
  note: null,
});

/** The reasons of the last return, with what the operator has changed since. */
function presentReasons({ filing, judged }: LoadedFiling, loaded: LoadedSubscription): Filing['reasons'] {
  if (!judged) return filing.reasons.map((reason) => ({ ...reason, changed: false }));
  const { subscription, documents } = loaded;
  const asked = { operatorType: subscription.operatorType, authorities: [filing.authority] };
  const standing = {
    sections: subscription.sections,
    documentVersions: documents
      .filter(({ version }) => (documentAuthority(version.document) ?? filing.authority) === filing.authority)
      .map(({ version }) => version.id),
  };
  return tellChanges(
    filing.reasons,
    judged,
    standing,
    asked,
    (name) => documents.find(({ version }) => version.document === name)?.version.id,
  );
}

const presentFiling = (one: LoadedFiling, loaded: LoadedSubscription): Filing => {
  const { filing, history } = one;
  return {
    id: filing.id as FilingId,
    authority: filing.authority,
    status: filing.status,
    reasons: presentReasons(one, loaded),
    submittedAt: filing.submittedAt?.toISOString() ?? null,
    validatedAt: filing.validatedAt?.toISOString() ?? null,
    attached: filing.attached,
    history: history.map(presentHistory),
    unreadMessages: one.unreadMessages,
    singleWindowAccounts: [...one.singleWindowAccounts],
    subscriptionCode: filing.subscriptionCode,
  };
};

function presentRegistry({ subscription }: LoadedSubscription): Subscription['registry'] {
  const people = peoplePrefill(subscription);
  const email = wholeRecord(subscription)?.company.email;
  return {
    status: subscription.registryStatus,
    checkedAt: subscription.registryCheckedAt?.toISOString() ?? null,
    mismatch: subscription.registryMismatch,
    record: visibleRecord(subscription),
    people,
    maskedEmail: people === 'code_needed' && email ? maskEmail(email) : null,
  };
}

/** In the order of the form, with those that don't belong any more but are still there: the operator must see them to take them out. */
function presentDocuments(
  { subscription, documents }: LoadedSubscription,
  rules: RuleContext,
): Subscription['documents'] {
  const entityType = EntityType.safeParse(subscription.sections.company?.entityType).data;
  const asked = documentsOf({ ...formContext(subscription, rules), entityType });
  return DocumentName.options.flatMap((document) => {
    const current = documents.find(({ version }) => version.document === document);
    const belongs = asked.includes(document);
    if (!belongs && !current) return [];
    return {
      document,
      required: belongs && documentRules[document].required,
      belongs,
      current: current ? presentDocumentVersion(current.version, current.verdict) : null,
    };
  });
}

/** A subscription as its operator sees it. */
export function presentSubscription(loaded: LoadedSubscription, rules: RuleContext): Subscription {
  const { subscription } = loaded;
  const filings = loaded.filings.map(({ filing }) => filing);
  const { email, taxId, ice, rcNumber, rcCentre } = subscription.identifiers;
  return {
    id: subscription.id as SubscriptionId,
    code: subscription.code,
    authorities: subscription.authorities,
    purpose: subscription.purpose,
    operatorType: subscription.operatorType,
    identifiers: { email, taxId, ice, rcNumber, rcCentre },
    registryStatus: subscription.registryStatus,
    registry: presentRegistry(loaded),
    sections: viewSections(subscription.sections, subscription),
    contract: loaded.contract,
    documents: presentDocuments(loaded, rules),
    progress: isUnfinished(filings)
      ? progressOf(
          subscription,
          givenDocuments(loaded.documents, loaded.contract?.signed?.current ?? false),
          filings,
          rules,
        )
      : finishedProgress(subscription),
    currentStep: subscription.currentStep,
    filings: loaded.filings.map((filing) => presentFiling(filing, loaded)),
    editable: isEditable(filings),
    version: subscription.version,
    createdAt: subscription.createdAt.toISOString(),
    savedAt: subscription.savedAt.toISOString(),
    submittedAt: subscription.submittedAt?.toISOString() ?? null,
  };
}

import {
  type CustomsAccount,
  type CustomsRequest,
  type CustomsRequestDossier,
  type CustomsRequestId,
  type CustomsRequestRow,
  customsRequestTypes,
  type FilingId,
  type FormContext,
  judgeRequest,
  type RequestForm,
  type RequestReasonView,
  requestDocuments,
  type SubscriptionId,
  type UpdatedSections,
} from '@rnoce/schemas';
import type { DocumentRecord } from '../documents/documents.presenter.ts';
import { presentDocumentVersion } from '../documents/documents.presenter.ts';
import { maskEmail } from '../subscriptions/registry.policy.ts';
import { formContext, type RuleContext } from '../subscriptions/subscriptions.form.ts';
import { controlViewOf, emailIn, lastRecord, refusalOf, type Standing, stateOf } from './account-standing.ts';
import type { RequestHistoryRow } from './customs-requests.repository.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';
import { presentChanges } from './request-changes.ts';

/** Who reads: an operator sees the authority and not the agent, and not BADR's own words. */
export type Reader = 'operator' | 'agent';

const presentReasons = ({ reasons }: Pick<RequestRecord, 'reasons'>): RequestReasonView[] =>
  reasons.map(({ about, cause, text }) => ({ ...(about ? { about } : {}), cause, text }));

/** Whether one acceptance was given already, by an agent or by a system of customs. */
export const isEndorsed = ({
  endorsedBy,
  endorsedByIntegrator,
}: Pick<RequestRecord, 'endorsedBy' | 'endorsedByIntegrator'>): boolean =>
  endorsedBy !== null || endorsedByIntegrator !== null;

/** A request as a row of a list. */
export function presentRequestRow(request: RequestRecord, reader: Reader): CustomsRequestRow {
  const { effectStatus, effectAt } = request;
  return {
    id: request.id as CustomsRequestId,
    reference: request.reference,
    type: request.type,
    status: request.status,
    legalName: request.legalName,
    ice: request.ice,
    operatorType: request.operatorType,
    createdAt: request.createdAt.toISOString(),
    submittedAt: request.submittedAt?.toISOString() ?? null,
    dueAt: request.dueAt?.toISOString() ?? null,
    decidedAt: request.decidedAt?.toISOString() ?? null,
    reasons: presentReasons(request),
    effect:
      effectStatus && effectAt
        ? {
            status: effectStatus,
            at: effectAt.toISOString(),
            reason: reader === 'agent' ? request.effectReason : null,
          }
        : null,
    // Nothing is decided yet: how many agents it takes is the authority's affair.
    endorsed: reader === 'agent' && request.status === 'in_review' && isEndorsed(request),
  };
}

/** A line of a request's history. An operator isn't told that one of two agents accepted: nothing is decided yet. */
export const presentRequestHistory = (
  history: readonly RequestHistoryRow[],
  reader: Reader,
): CustomsRequestDossier['history'] =>
  history
    .filter(({ entry }) => reader === 'agent' || entry.event !== 'endorsed')
    .map(({ entry, agentName, integratorName }) => ({
      event: entry.event,
      at: entry.at.toISOString(),
      actor: entry.actor,
      actorName: reader === 'agent' ? (agentName ?? integratorName) : null,
      to: entry.toStatus,
      reasons: entry.reasons,
    }));

/** What the rules of a request's form depend on: those of the customs form of its operator type. */
export const requestContext = (
  { operatorType }: Pick<RequestRecord, 'operatorType'>,
  rules: RuleContext,
): FormContext => formContext({ operatorType, authorities: ['customs'] }, rules);

/** A request as its rules judge it. A document in which a threat was found is to be given again. */
export const requestForm = (
  request: RequestRecord,
  documents: readonly DocumentRecord[],
  rules: RuleContext,
): RequestForm => ({
  type: request.type,
  context: requestContext(request, rules),
  details: request.details,
  before: request.before,
  sections: request.sections,
  documents: documents.map(({ document, scan }) => ({ document, mustReplace: scan === 'infected' })),
});

/** The agents' word on a document of a decided request. */
export function verdictOnDocument(
  { status, reasons }: Pick<RequestRecord, 'status' | 'reasons'>,
  document: string,
): 'accepted' | 'refused' | null {
  if (status === 'accepted') return 'accepted';
  const isRefused = reasons.some(({ about }) => about && 'document' in about && about.document === document);
  return status === 'rejected' && isRefused ? 'refused' : null;
}

/** In the order of the form, then those that aren't asked any more but are still there: the operator must see them to take them out. */
function presentDocuments(
  request: RequestRecord,
  documents: readonly DocumentRecord[],
  form: RequestForm,
): CustomsRequest['documents'] {
  const asked = requestDocuments(form);
  const others = documents.map(({ document }) => document).filter((document) => !asked.includes(document));
  return [...asked, ...others].map((document) => {
    const current = documents.find((version) => version.document === document);
    return {
      document,
      asked: asked.includes(document),
      current: current ? presentDocumentVersion(current, verdictOnDocument(request, document)) : null,
    };
  });
}

const viewOf = ({ company, managers }: UpdatedSections) => ({
  company: company ?? null,
  managers: managers ?? null,
});

/** A request with everything that its operator is shown. */
export interface LoadedRequest {
  readonly request: RequestRecord;
  readonly documents: readonly DocumentRecord[];
  readonly history: readonly RequestHistoryRow[];
}

/** A request as its operator fills it in and follows it. */
export function presentRequest(
  { request, documents, history }: LoadedRequest,
  rules: RuleContext,
): CustomsRequest {
  const form = requestForm(request, documents, rules);
  const judged = request.status === 'draft' ? judgeRequest(form) : { issues: [], warnings: [] };
  return {
    ...presentRequestRow(request, 'operator'),
    subscriptionId: request.subscriptionId as SubscriptionId,
    details: request.details,
    before: viewOf(request.before),
    sections: viewOf(request.sections),
    changes: presentChanges(request),
    documents: presentDocuments(request, documents, form),
    ...judged,
    history: presentRequestHistory(history, 'operator'),
    registryReadAt: request.registryReadAt?.toISOString() ?? null,
    version: request.version,
    savedAt: request.savedAt.toISOString(),
  };
}

/** Whether the operator typed or gave something since the draft was opened: to have looked at the form is to have begun nothing. */
const isBegun = ({ version, savedAt, createdAt }: RequestRecord): boolean =>
  version > 1 || savedAt > createdAt;

/** The customs account as its operator sees it. `sentEmail`: the address that was declared, of a record that BADR took from us. */
export function presentCustomsAccount(standing: Standing, sentEmail: string | null): CustomsAccount {
  const { filing, requests } = standing;
  const email = emailIn(lastRecord(standing)) ?? sentEmail;
  return {
    filingId: filing.id as FilingId,
    subscriptionId: filing.subscriptionId as SubscriptionId,
    state: stateOf(standing),
    control: controlViewOf(standing),
    maskedEmail: email === null ? null : maskEmail(email),
    operations: customsRequestTypes.map((type) => {
      const own = requests.filter((request) => request.type === type);
      const draft = own.find(({ status }) => status === 'draft');
      const latest = own
        .filter(({ submittedAt }) => submittedAt)
        .toSorted((a, b) => Number(a.submittedAt) - Number(b.submittedAt))
        .at(-1);
      return {
        type,
        refusal: refusalOf(standing, type),
        draftId: (draft && isBegun(draft) ? draft.id : null) as CustomsRequestId | null,
        latest: latest ? presentRequestRow(latest, 'operator') : null,
      };
    }),
  };
}

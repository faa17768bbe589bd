/** Operations on a customs account: update, cancellation, restoration (spec/registration.md). Their rules are in `customs-request-rules.ts`. */
import { z } from 'zod';
import { bytes, noContent, route } from './contract.ts';
import { accountStates, operationRefusals } from './customs-account.ts';
import { CustomsRequestEvent, CustomsRequestStatus, CustomsRequestType } from './customs-request-events.ts';
import { RequestReason, RequestReasonView } from './customs-request-reasons.ts';
import { DocumentName, DocumentVersion } from './documents.ts';
import { ActorKind, DecisionPreview } from './filings.ts';
import { addIssue, Issue, Warning } from './issues.ts';
import { ManagerDraft } from './managers.ts';
import { OperatorType } from './operator-types.ts';
import {
  AgentId,
  CustomsRequestId,
  DocumentVersionId,
  FilingId,
  Instant,
  Locale,
  maxLongTextLength,
  PageQuery,
  page,
  SubscriptionId,
} from './primitives.ts';
import { RegistryStatus } from './registry.ts';
import { draftSchemas } from './sections.ts';

/** What each status means for the operator, « EN COURS DE TRAITEMENT », « VALIDE », « ANNULEE » (the guide's words). */
export const customsRequestStates = {
  draft: { tone: 'draft', decided: false },
  in_review: { tone: 'info', decided: false },
  accepted: { tone: 'success', decided: true },
  rejected: { tone: 'danger', decided: true },
} as const satisfies Record<CustomsRequestStatus, { tone: string; decided: boolean }>;

/** What became of an accepted request at BADR: `overtaken` and `refused` wait for an agent. */
export const customsRequestEffects = {
  queued: { tone: 'info', resendable: false },
  applied: { tone: 'success', resendable: false },
  overtaken: { tone: 'warning', resendable: true },
  refused: { tone: 'danger', resendable: true },
} as const satisfies Record<string, { tone: string; resendable: boolean }>;
const effects = Object.keys(customsRequestEffects) as [
  keyof typeof customsRequestEffects,
  ...(keyof typeof customsRequestEffects)[],
];
export const CustomsRequestEffect = z.object({
  status: z.enum(effects),
  at: Instant,
  /** BADR's own words on a refusal; for agents, null for operators. */
  reason: z.string().nullable(),
});
export type CustomsRequestEffect = z.infer<typeof CustomsRequestEffect>;

const changeValue = z.union([z.string(), ManagerDraft, z.null()]);
/** One change of an update, as it is shown; `now` is what BADR held when it was last read, `undefined` to operators. */
export const RequestChange = z.object({
  item: z.string(),
  kind: z.enum(['changed', 'added', 'removed']),
  before: changeValue,
  asked: changeValue,
  now: changeValue.optional(),
  /** BADR's value isn't the one that the form was filled from any more. */
  overtaken: z.boolean(),
  /** The decision on it: null before any. */
  verdict: z.enum(['accepted', 'refused']).nullable(),
});
export type RequestChange = z.infer<typeof RequestChange>;

const draftText = z.string().max(maxLongTextLength).nullish();
/** What an operation asks beside the form's sections, as a draft keeps it; `requestFields` says which belong to which. */
export const RequestDetails = z.strictObject({
  tradeRegisterDate: draftText,
  ground: draftText,
  comment: draftText,
  evidence: draftText,
  motive: draftText,
});
export type RequestDetails = z.infer<typeof RequestDetails>;

export const CustomsRequestHistoryEntry = z.object({
  event: CustomsRequestEvent,
  at: Instant,
  actor: ActorKind,
  /** The agent's name, for agents; null for operators. */
  actorName: z.string().nullable(),
  to: CustomsRequestStatus,
  reasons: z.array(RequestReasonView),
});

/** A line of a list: the operator's own requests, or the queue of customs' agents. */
export const CustomsRequestRow = z.object({
  id: CustomsRequestId,
  /** The subscription's code and the request's number on that account, `12092023I00000001141-2`. */
  reference: z.string(),
  type: CustomsRequestType,
  status: CustomsRequestStatus,
  legalName: z.string(),
  ice: z.string(),
  operatorType: OperatorType,
  createdAt: Instant,
  submittedAt: Instant.nullable(),
  /** When the agents' answer is due. */
  dueAt: Instant.nullable(),
  decidedAt: Instant.nullable(),
  reasons: z.array(RequestReasonView),
  effect: CustomsRequestEffect.nullable(),
  /** A first agent accepted it, and a second one is needed. */
  endorsed: z.boolean(),
});
export type CustomsRequestRow = z.infer<typeof CustomsRequestRow>;

const sectionsView = z.object({
  company: draftSchemas.company.nullable(),
  managers: draftSchemas.managers.nullable(),
});

/** A request as its operator fills it in and follows it. */
export const CustomsRequest = z.object({
  ...CustomsRequestRow.shape,
  subscriptionId: SubscriptionId,
  details: RequestDetails,
  /** For an update: what BADR held when the form was last filled from it. */
  before: sectionsView,
  /** For an update: what is asked. */
  sections: sectionsView,
  /** For an update: what `sections` changes of `before`. */
  changes: z.array(RequestChange),
  documents: z.array(
    z.object({ document: DocumentName, asked: z.boolean(), current: DocumentVersion.nullable() }),
  ),
  issues: z.array(Issue),
  warnings: z.array(Warning),
  history: z.array(CustomsRequestHistoryEntry),
  /** When BADR's record was last read for it. */
  registryReadAt: Instant.nullable(),
  version: z.int(),
  savedAt: Instant,
});
export type CustomsRequest = z.infer<typeof CustomsRequest>;

const operation = z.object({
  type: CustomsRequestType,
  /** Why it can't be asked for now; null: it can. */
  refusal: z.enum(operationRefusals).nullable(),
  /** A draft in which something was typed or given; opening the operation finds one that was only looked at again. */
  draftId: CustomsRequestId.nullable(),
  /** The latest that was sent. */
  latest: CustomsRequestRow.nullable(),
});

/** The customs account of a validated filing, and what may be asked of it. */
export const CustomsAccount = z.object({
  filingId: FilingId,
  subscriptionId: SubscriptionId,
  state: z.enum(accountStates),
  /** Whether this account showed that it acts for the operator; `no_email`: BADR holds no address to write to. */
  control: z.enum(['proven', 'code_needed', 'no_email']),
  /** Where the code and the notices go, masked. */
  maskedEmail: z.string().nullable(),
  operations: z.array(operation),
});
export type CustomsAccount = z.infer<typeof CustomsAccount>;

/** The dossier of a request, as customs' agents decide it. */
export const CustomsRequestDossier = z.object({
  ...CustomsRequestRow.shape,
  subscriptionId: SubscriptionId,
  filingId: FilingId,
  /** Whom the decision is written to. */
  account: z.object({ legalName: z.string(), email: z.string(), phone: z.string(), locale: Locale }),
  /** How the account showed that it acts for the operator. */
  control: z.enum(['agent', 'code', 'none']),
  /** The filing was attached to an account that BADR held already (« rattaché »). */
  attached: z.boolean(),
  details: RequestDetails,
  changes: z.array(RequestChange),
  documents: z.array(DocumentVersion),
  /** BADR's word when it was last read; `readAt` null: never since the request was sent. */
  registry: z.object({
    status: RegistryStatus,
    readAt: Instant.nullable(),
    accountStatus: z.enum(['active', 'cancelled']).nullable(),
  }),
  /** Who accepted it so far, and how many are needed; `agentId` is null, and `agentName` the system's, where a system of customs did. */
  endorsements: z.array(z.object({ agentId: AgentId.nullable(), agentName: z.string(), at: Instant })),
  agentsNeeded: z.int(),
  history: z.array(CustomsRequestHistoryEntry),
  version: z.int(),
});
export type CustomsRequestDossier = z.infer<typeof CustomsRequestDossier>;

const params = z.strictObject({ id: CustomsRequestId });
const documentParams = z.strictObject({ id: CustomsRequestId, document: DocumentName });
const operator = ['operator'] as const;
const agent = ['agent'] as const;
const reading = { kinds: ['authority'], scope: 'customs_requests:read' } as const;
const deciding = { kinds: ['authority'], scope: 'customs_requests:decide' } as const;
const readingBoth = { kinds: ['authority', 'operator'], scope: 'customs_requests:read' } as const;
const tag = 'customs-requests';
const disposition = z.enum(['inline', 'attachment']).default('attachment');

export const getCustomsAccount = route({
  name: 'getCustomsAccount',
  tag,
  method: 'GET',
  path: '/customs-account',
  access: operator,
  summary: "The operator's customs account: its state, and what may be asked of it",
  responses: { 200: CustomsAccount },
  problems: ['not_found'],
});

export const ListCustomsRequestsQuery = PageQuery.extend({
  status: z.enum(['in_review', 'accepted', 'rejected']).optional(),
  type: CustomsRequestType.optional(),
  /** Part of a reference, an ICE or a raison sociale. */
  q: z.string().trim().max(100).optional(),
  /** Only those that BADR didn't take as they are: overtaken, or refused. */
  stuck: z.stringbool().optional(),
  sort: z.enum(['oldest', 'newest', 'due']).default('oldest'),
});

export const listCustomsRequests = route({
  name: 'listCustomsRequests',
  tag,
  method: 'GET',
  path: '/customs-requests',
  access: ['operator', 'agent', 'integrator'],
  integrator: readingBoth,
  summary: "The operator's own requests that were sent; for customs' agents, their queue",
  query: ListCustomsRequestsQuery,
  responses: {
    200: page(CustomsRequestRow).extend({
      counts: z.object({
        in_review: z.int(),
        accepted: z.int(),
        rejected: z.int(),
        overdue: z.int(),
        stuck: z.int(),
      }),
    }),
  },
  problems: ['forbidden'],
});

export const createCustomsRequest = route({
  name: 'createCustomsRequest',
  tag,
  method: 'POST',
  path: '/customs-requests',
  access: operator,
  summary:
    'Open a request, or come back to the one being filled in; an update is filled from what BADR holds now',
  body: z.strictObject({ type: CustomsRequestType }),
  responses: { 201: CustomsRequest },
  problems: ['not_found', 'operation_not_allowed', 'registry_unavailable'],
  idempotent: true,
  versioned: 'answer',
  rateLimit: { max: 30, windowSeconds: 600 },
});

export const getCustomsRequest = route({
  name: 'getCustomsRequest',
  tag,
  method: 'GET',
  path: '/customs-requests/:id',
  access: ['operator', 'integrator'],
  integrator: { kinds: ['operator'], scope: 'customs_requests:read' },
  summary: 'A request with its form, documents, history and what is missing',
  params,
  responses: { 200: CustomsRequest },
  problems: [],
  versioned: 'answer',
});

const saveRoute = { tag, method: 'PUT', access: operator, params, versioned: 'required' } as const;
const saveProblems = ['request_not_editable', 'stale'] as const;

export const saveRequestDetails = route({
  ...saveRoute,
  name: 'saveRequestDetails',
  path: '/customs-requests/:id/details',
  summary: 'Save the motif, the comment, the date; a draft may be incomplete',
  body: RequestDetails,
  responses: { 200: CustomsRequest },
  problems: saveProblems,
});

export const saveRequestCompany = route({
  ...saveRoute,
  name: 'saveRequestCompany',
  path: '/customs-requests/:id/sections/company',
  summary: 'Save « Informations sur la société » of an update',
  body: draftSchemas.company,
  responses: { 200: CustomsRequest },
  problems: saveProblems,
});

export const saveRequestManagers = route({
  ...saveRoute,
  name: 'saveRequestManagers',
  path: '/customs-requests/:id/sections/managers',
  summary: 'Save « Les gérants » of an update',
  body: draftSchemas.managers,
  responses: { 200: CustomsRequest },
  problems: saveProblems,
});

export const deleteCustomsRequest = route({
  name: 'deleteCustomsRequest',
  tag,
  method: 'DELETE',
  path: '/customs-requests/:id',
  access: operator,
  summary: 'Give up a request that was not sent',
  params,
  responses: { 204: noContent },
  problems: ['request_not_editable'],
});

export const putRequestDocument = route({
  name: 'putRequestDocument',
  tag,
  method: 'PUT',
  path: '/customs-requests/:id/documents/:document',
  access: operator,
  summary: 'Upload a document of a request, or replace it',
  params: documentParams,
  upload: { mediaTypes: ['application/pdf'], maxBytes: 3 * 1024 * 1024 },
  responses: { 200: DocumentVersion },
  problems: [
    'request_not_editable',
    'document_forbidden',
    'file_refused',
    'file_too_large',
    'inspection_busy',
    'storage_unavailable',
  ],
  rateLimit: { max: 600, windowSeconds: 600 },
});

export const getRequestDocument = route({
  name: 'getRequestDocument',
  tag,
  method: 'GET',
  path: '/customs-requests/:id/documents/:document',
  access: ['operator', 'agent', 'integrator'],
  integrator: readingBoth,
  summary: 'The current version of a document of a request; for agents, once it was sent',
  params: documentParams,
  query: z.strictObject({ disposition, version: DocumentVersionId.optional() }),
  responses: { 200: bytes('application/pdf') },
  problems: ['forbidden', 'document_quarantined', 'storage_unavailable'],
});

export const deleteRequestDocument = route({
  name: 'deleteRequestDocument',
  tag,
  method: 'DELETE',
  path: '/customs-requests/:id/documents/:document',
  access: operator,
  summary: 'Take a document out of a request that was not sent',
  params: documentParams,
  responses: { 204: noContent },
  problems: ['request_not_editable'],
});

export const submitCustomsRequest = route({
  name: 'submitCustomsRequest',
  tag,
  method: 'POST',
  path: '/customs-requests/:id/submission',
  access: operator,
  summary:
    'Send a request: BADR is read again, everything is validated again. A cancellation asks for the password once more',
  params,
  body: z.strictObject({ password: z.string().max(1000).optional() }),
  responses: { 200: CustomsRequest },
  problems: [
    'request_not_editable',
    'operation_not_allowed',
    'registry_changed',
    'password_wrong',
    'locked',
    'stale',
  ],
  idempotent: true,
  versioned: 'required',
  rateLimit: { max: 30, windowSeconds: 600 },
});

export const getCustomsRequestDossier = route({
  name: 'getCustomsRequestDossier',
  tag,
  method: 'GET',
  path: '/customs-requests/:id/dossier',
  access: ['agent', 'integrator'],
  integrator: reading,
  summary: 'The dossier of a request that was sent: BADR now, before, asked',
  params,
  responses: { 200: CustomsRequestDossier },
  problems: ['forbidden'],
  versioned: 'answer',
});

export const readRequestRegistry = route({
  name: 'readRequestRegistry',
  tag,
  method: 'POST',
  path: '/customs-requests/:id/registry-reading',
  access: agent,
  summary: 'Read again what BADR holds; a value that changed changes the version of the dossier',
  params,
  responses: { 200: CustomsRequestDossier },
  problems: ['forbidden'],
  versioned: 'answer',
  rateLimit: { max: 120, windowSeconds: 600 },
});

/**
 * Accepted with reasons: those about a change of an update leave it out, and the others are made. Rejected: at least one, or `reason`: one about
 * the whole request, in words, for who has no more to say.
 */
export const DecideCustomsRequestBody = z
  .strictObject({
    outcome: z.enum(['accepted', 'rejected']),
    reasons: z.array(RequestReason).max(100).default([]),
    reason: z.string().trim().max(1000).optional(),
  })
  .check(({ value: { outcome, reasons, reason }, issues }) => {
    if (outcome === 'accepted' && reason) addIssue(issues, reason, 'forbidden', { path: ['reason'] });
    if (outcome === 'rejected' && reasons.length === 0 && !reason)
      addIssue(issues, reasons, 'required', { path: [reason === undefined ? 'reasons' : 'reason'] });
  })
  .transform(({ outcome, reasons, reason }) => ({
    outcome,
    reasons: reason ? [...reasons, { cause: 'other' as const, text: reason }] : reasons,
  }));
export type DecideCustomsRequestBody = z.infer<typeof DecideCustomsRequestBody>;

export const previewCustomsRequestDecision = route({
  name: 'previewCustomsRequestDecision',
  tag,
  method: 'POST',
  path: '/customs-requests/:id/decision-preview',
  access: agent,
  summary: 'The e-mail that a decision would send; nothing is decided',
  params,
  body: DecideCustomsRequestBody,
  responses: { 200: DecisionPreview },
  problems: ['forbidden', 'request_not_decidable'],
});

export const decideCustomsRequest = route({
  name: 'decideCustomsRequest',
  tag,
  method: 'POST',
  path: '/customs-requests/:id/decision',
  access: ['agent', 'integrator'],
  integrator: deciding,
  summary: 'Accept or reject a request; an acceptance goes to BADR with what it held when the agent read it',
  params,
  body: DecideCustomsRequestBody,
  responses: { 200: CustomsRequestDossier },
  problems: ['forbidden', 'request_not_decidable', 'second_agent_needed', 'document_quarantined', 'stale'],
  idempotent: true,
  versioned: 'required',
});

export const resendCustomsRequest = route({
  name: 'resendCustomsRequest',
  tag,
  method: 'POST',
  path: '/customs-requests/:id/effect',
  access: agent,
  summary:
    'Send an accepted request to BADR again, over what it holds now, after it was overtaken or refused',
  params,
  responses: { 200: CustomsRequestDossier },
  problems: ['forbidden', 'request_not_resendable', 'registry_unavailable', 'stale'],
  idempotent: true,
  versioned: 'required',
});

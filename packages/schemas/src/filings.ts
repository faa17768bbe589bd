import { z } from 'zod';
import { bytes, noContent, route } from './contract.ts';
import { ContractView } from './contracts.ts';
import { DocumentName, DocumentVersion, documentNames } from './documents.ts';
import { email } from './fields.ts';
import { addIssue } from './issues.ts';
import { Authority, OperatorType, Purpose } from './operator-types.ts';
import {
  AgentId,
  DocumentVersionId,
  FilingId,
  Instant,
  Locale,
  PageQuery,
  page,
  SubscriptionId,
} from './primitives.ts';
import { RegistryRecord, RegistryStatus } from './registry.ts';
import { isListSection, type Section, SectionsView, sectionRule, sections } from './sections.ts';
import { SingleWindowAccount } from './single-window.ts';
import { maxSingleWindowUsers } from './single-window-users.ts';
import { subscriptionCodePattern } from './subscription-code.ts';

export const filingStatuses = ['draft', 'in_review', 'incomplete', 'validated'] as const;
export const FilingStatus = z.enum(filingStatuses);
export type FilingStatus = z.infer<typeof FilingStatus>;

export const filingEvents = [
  'created',
  'submitted',
  'attached',
  'validated',
  'returned',
  'reopened',
  'resubmitted',
  /** BADR took the validated record. */
  'registered',
  /** Every user has an account at the single window. */
  'accounts_opened',
  /** An agent gave other addresses for users whom the single window refused. */
  'emails_changed',
  /** An agent found that the account of an attached filing acts for the operator. */
  'control_confirmed',
] as const;
export const FilingEvent = z.enum(filingEvents);
export type FilingEvent = z.infer<typeof FilingEvent>;

export const actorKinds = ['operator', 'agent', 'integrator', 'system'] as const;
export const ActorKind = z.enum(actorKinds);
export type ActorKind = z.infer<typeof ActorKind>;

interface Transition {
  readonly from: FilingStatus;
  readonly to: FilingStatus;
  readonly by: readonly ActorKind[];
}

/** What may happen to a filing, and nothing else (spec/registration.md, After submission). */
export const filingTransitions = {
  submitted: { from: 'draft', to: 'in_review', by: ['operator'] },
  /** `update_only`: BADR knows the operator, so the filing is attached to that account at once. */
  attached: { from: 'draft', to: 'validated', by: ['operator'] },
  validated: { from: 'in_review', to: 'validated', by: ['agent', 'integrator'] },
  returned: { from: 'in_review', to: 'incomplete', by: ['agent', 'integrator'] },
  /** « Rectifier vos données »: the form opens again; the status stays until it is sent. */
  reopened: { from: 'incomplete', to: 'incomplete', by: ['operator'] },
  resubmitted: { from: 'incomplete', to: 'in_review', by: ['operator'] },
} as const satisfies Partial<Record<FilingEvent, Transition>>;
export type FilingTransition = keyof typeof filingTransitions;

/** What each status means for the operator: `next` is what the card puts in first place. */
export const filingStates = {
  draft: { tone: 'draft', next: 'resume', decided: false },
  in_review: { tone: 'info', next: 'wait', decided: false },
  incomplete: { tone: 'warning', next: 'rectify', decided: false },
  validated: { tone: 'success', next: 'none', decided: true },
} as const satisfies Record<FilingStatus, { tone: string; next: string; decided: boolean }>;

/** Why an item is refused; each has its sentence in three languages, `reference:cause.<code>`. */
export const reasonCauses = [
  'illegible',
  'expired',
  'mismatch',
  'wrong_document',
  'incomplete',
  'other',
] as const;
export const ReasonCause = z.enum(reasonCauses);
export type ReasonCause = z.infer<typeof ReasonCause>;

/** The fields of a section in a reason: `company.legalName`, `managers.0.idNumber`; an item of a list as a whole: `singleWindowUsers.0`. */
const fieldPattern = (section: Section): string => {
  const names = Object.keys(sectionRule(section).fields).join('|');
  return isListSection(section) ? `${section}\\.\\d{1,2}(\\.(${names}))?` : `${section}\\.(${names})`;
};
const fieldPathPattern = new RegExp(`^(${sections.map(fieldPattern).join('|')})$`);

/** A field of the form in a reason, or an item of one of its lists as a whole. */
export const FieldPath = z
  .string()
  .max(60)
  .refine((path) => fieldPathPattern.test(path));

const reason = z.strictObject({
  about: z
    .union([z.strictObject({ document: DocumentName }), z.strictObject({ field: FieldPath })])
    .optional(),
  cause: ReasonCause,
  text: z.string().trim().max(1000).default(''),
});

/** One reason of a return: about a document, a field, or (absent) the whole. `other` needs its text. */
export const Reason = reason.refine(({ cause, text }) => cause !== 'other' || text.length > 0, {
  path: ['text'],
  params: { code: 'required' },
});
export type Reason = z.infer<typeof Reason>;

/** What a verdict is given on: a document, `documents.ice`, or a field, `company.legalName`. */
export const VerdictItem = z.union([
  z.enum(documentNames.map((document) => `documents.${document}` as const)),
  FieldPath,
]);
export type VerdictItem = z.infer<typeof VerdictItem>;

/** The item that a reason is about; undefined: the whole dossier. */
export const itemOf = ({ about }: Pick<Reason, 'about'>): VerdictItem | undefined => {
  if (!about) return undefined;
  return 'document' in about ? `documents.${about.document}` : about.field;
};

export const DecisionBody = z
  .strictObject({
    outcome: z.enum(['validated', 'incomplete']),
    reasons: z.array(Reason).max(100).default([]),
  })
  .check(({ value: { outcome, reasons }, issues }) => {
    if (outcome === 'incomplete' && reasons.length === 0)
      addIssue(issues, reasons, 'required', { path: ['reasons'] });
    if (outcome === 'validated' && reasons.length > 0)
      addIssue(issues, reasons, 'forbidden', { path: ['reasons'] });
  });
export type DecisionBody = z.infer<typeof DecisionBody>;

export const ReasonView = z.object({
  about: z.union([z.object({ document: z.enum(documentNames) }), z.object({ field: z.string() })]).optional(),
  cause: ReasonCause,
  text: z.string(),
});

/** Another e-mail address for a user whom the single window refused; the users of a form are told apart by theirs. */
export const EmailChange = z.strictObject({ from: z.string().max(500), to: email() });
export type EmailChange = z.infer<typeof EmailChange>;

export const HistoryEntry = z.object({
  event: FilingEvent,
  at: Instant,
  actor: ActorKind,
  /** The agent's name, for agents; null for operators, who see the authority only. */
  actorName: z.string().nullable(),
  from: FilingStatus.nullable(),
  to: FilingStatus,
  reasons: z.array(ReasonView),
  emailChanges: z.array(z.object({ from: z.string(), to: z.string() })),
  /** The evidence on which an agent acted; for agents, null for operators. */
  note: z.string().nullable(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/**
 * A reason of the last return, as the operator deals with it: `about` is where what was judged stands in the form now, and the list as a whole
 * (`managers`) when the item was taken out of it.
 */
export const OpenReason = ReasonView.extend({
  /**
   * Whether what it is about isn't what was judged any more: the field's value, the version of the document; for the whole, any of
   * them.
   */
  changed: z.boolean(),
});
export type OpenReason = z.infer<typeof OpenReason>;

/** A filing as its operator sees it. */
export const Filing = z.object({
  id: FilingId,
  authority: Authority,
  status: FilingStatus,
  reasons: z.array(OpenReason),
  submittedAt: Instant.nullable(),
  /** « Date de validation »; null for an attached filing. */
  validatedAt: Instant.nullable(),
  attached: z.boolean(),
  /** Oldest first. */
  history: z.array(HistoryEntry),
  /** Messages of the agents that the operator hasn't read. */
  unreadMessages: z.int(),
  /** The users' accounts at the single window; empty before PortNet's validation, and for customs. */
  singleWindowAccounts: z.array(SingleWindowAccount),
  /** « Code d'abonnement », given by PortNet's validation. */
  subscriptionCode: z.string().regex(subscriptionCodePattern).nullable(),
});
export type Filing = z.infer<typeof Filing>;

/** The authorities that a form is open to: not sent yet, or sent back and reopened. What only the others ask can't be changed now. */
export const authoritiesOpen = (
  filings: readonly Pick<Filing, 'authority' | 'status' | 'history'>[],
): Authority[] =>
  filings
    .filter(
      ({ status, history }) =>
        status === 'draft' || (status === 'incomplete' && history.at(-1)?.event === 'reopened'),
    )
    .map(({ authority }) => authority);

const holder = z.object({ id: AgentId, name: z.string(), since: Instant }).nullable();

/** A row of the agents' queue. */
export const FilingRow = z.object({
  id: FilingId,
  code: z.string(),
  legalName: z.string(),
  ice: z.string(),
  operatorType: OperatorType,
  status: FilingStatus,
  attached: z.boolean(),
  submittedAt: Instant,
  /** When the agents' answer is due (configuration: working days from the submission). */
  dueAt: Instant,
  submissions: z.int(),
  holder,
  /** Messages of the operator that no agent has read. */
  unreadMessages: z.int(),
});
export type FilingRow = z.infer<typeof FilingRow>;

/** A verdict in preparation: what the agent has judged so far, kept on the server until the decision. */
export const VerdictDraft = z.strictObject({
  /** Room for every item of the longest form. */
  accepted: z.array(VerdictItem).max(1000),
  /** A text may still be missing: it is being written. */
  reasons: z.array(reason).max(100),
});
export type VerdictDraft = z.infer<typeof VerdictDraft>;

/** The dossier that an agent decides on: the data as submitted, beside what BADR holds. */
export const Dossier = z.object({
  ...FilingRow.shape,
  subscriptionId: SubscriptionId,
  purpose: Purpose,
  /** Whom the decision is written to, and in which language. */
  account: z.object({ legalName: z.string(), email: z.string(), phone: z.string(), locale: Locale }),
  authority: Authority,
  /** What this authority asks of the form; the rest isn't its business. */
  sections: SectionsView,
  /** For PortNet: the contract that was sent, with the check of its signature. */
  contract: ContractView.nullable(),
  documents: z.array(DocumentVersion),
  /** Every version of every document, newest first. */
  documentHistory: z.array(DocumentVersion),
  registry: z.object({
    status: RegistryStatus,
    checkedAt: Instant.nullable(),
    mismatch: z.array(z.string()),
    record: RegistryRecord.nullable(),
  }),
  /**
   * How the account of an attached filing showed that it acts for the operator: by the mailbox that BADR holds, or to an agent. Null: the filing
   * isn't attached.
   */
  control: z.enum(['unproven', 'mailbox', 'agent']).nullable(),
  reasons: z.array(ReasonView),
  verdict: VerdictDraft,
  /** Who took the dossier or gave it back last: whoever writes a verdict holds it. Null: nobody has yet. */
  lastHold: z
    .object({
      event: z.enum(['taken', 'released']),
      agentId: AgentId,
      agentName: z.string(),
      at: Instant,
    })
    .nullable(),
  history: z.array(HistoryEntry),
  /** Whether BADR has taken the validated record: null before validation. */
  registration: z
    .object({ status: z.enum(['queued', 'registered', 'refused']), at: Instant.nullable() })
    .nullable(),
  /** The users' accounts at the single window; empty before PortNet's validation, and for customs. */
  singleWindowAccounts: z.array(SingleWindowAccount),
  subscriptionCode: z.string().nullable(),
  version: z.int(),
});
export type Dossier = z.infer<typeof Dossier>;

const filingParams = z.strictObject({ id: FilingId });
const decidable = ['agent'] as const;
const open = ['agent', 'integrator'] as const;
const reading = { kinds: ['authority'], scope: 'filings:read' } as const;
const deciding = { kinds: ['authority'], scope: 'filings:decide' } as const;

export const ListFilingsQuery = PageQuery.extend({
  status: z.enum(['in_review', 'incomplete', 'validated']).optional(),
  operatorType: OperatorType.optional(),
  /** Part of a code, an ICE or a raison sociale. */
  q: z.string().trim().max(100).optional(),
  held: z.enum(['mine', 'nobody', 'others']).optional(),
  sort: z.enum(['oldest', 'newest', 'due']).default('oldest'),
});

export const listFilings = route({
  name: 'listFilings',
  tag: 'filings',
  method: 'GET',
  path: '/filings',
  access: open,
  integrator: reading,
  summary: "The queue of the agent's own authority",
  query: ListFilingsQuery,
  responses: {
    200: page(FilingRow).extend({
      counts: z.object({ in_review: z.int(), incomplete: z.int(), validated: z.int(), overdue: z.int() }),
    }),
  },
  problems: ['forbidden'],
});

export const getFiling = route({
  name: 'getFiling',
  tag: 'filings',
  method: 'GET',
  path: '/filings/:id',
  access: open,
  integrator: reading,
  summary: 'The dossier, as submitted',
  params: filingParams,
  responses: { 200: Dossier },
  problems: ['forbidden'],
  versioned: 'answer',
});

export const getFilingDocument = route({
  name: 'getFilingDocument',
  tag: 'filings',
  method: 'GET',
  path: '/filings/:id/documents/:document',
  access: open,
  integrator: reading,
  summary: 'A document of the dossier; `version` names an earlier one',
  params: z.strictObject({ id: FilingId, document: DocumentName }),
  query: z.strictObject({
    version: DocumentVersionId.optional(),
    disposition: z.enum(['inline', 'attachment']).default('inline'),
  }),
  responses: { 200: bytes('application/pdf', 'image/png', 'image/jpeg', 'image/webp') },
  problems: ['forbidden', 'document_quarantined', 'storage_unavailable'],
});

export const holdFiling = route({
  name: 'holdFiling',
  tag: 'filings',
  method: 'PUT',
  path: '/filings/:id/holder',
  access: decidable,
  summary:
    'Take the dossier, so that the others see who works on it. `If-Match` is optional: with it, a dossier that another agent took meanwhile is not taken from them unseen',
  params: filingParams,
  responses: { 204: noContent },
  problems: ['forbidden', 'filing_not_decidable', 'stale'],
  versioned: 'answer',
});

export const releaseFiling = route({
  name: 'releaseFiling',
  tag: 'filings',
  method: 'DELETE',
  path: '/filings/:id/holder',
  access: decidable,
  summary: 'Give the dossier back to the queue; another agent keeps theirs',
  params: filingParams,
  responses: { 204: noContent },
  problems: ['forbidden'],
  versioned: 'answer',
});

export const saveVerdict = route({
  name: 'saveVerdict',
  tag: 'filings',
  method: 'PUT',
  path: '/filings/:id/verdict',
  access: decidable,
  summary: 'Keep a verdict in preparation; nothing is decided',
  params: filingParams,
  body: VerdictDraft,
  responses: { 200: z.object({ version: z.int() }) },
  problems: ['forbidden', 'filing_not_decidable', 'stale'],
  versioned: 'required',
});

export const DecisionPreview = z.object({
  to: z.string(),
  locale: Locale,
  subject: z.string(),
  /** The e-mail's plain text: the HTML says the same. */
  text: z.string(),
});
export type DecisionPreview = z.infer<typeof DecisionPreview>;

export const previewDecision = route({
  name: 'previewDecision',
  tag: 'filings',
  method: 'POST',
  path: '/filings/:id/decision-preview',
  access: decidable,
  summary: 'The e-mail that a decision would send, in the language of its reader; nothing is decided',
  params: filingParams,
  body: DecisionBody,
  responses: { 200: DecisionPreview },
  problems: ['forbidden', 'filing_not_decidable'],
});

export const decideFiling = route({
  name: 'decideFiling',
  tag: 'filings',
  method: 'POST',
  path: '/filings/:id/decision',
  access: open,
  integrator: deciding,
  summary: 'Decide a filing: validated, or incomplete with its reasons',
  params: filingParams,
  body: DecisionBody,
  responses: { 200: Dossier },
  problems: ['forbidden', 'filing_not_decidable', 'document_quarantined', 'stale'],
  idempotent: true,
  versioned: 'required',
});

export const ConfirmControlBody = z.strictObject({
  /** What the agent saw: the register, an identity document, a power of attorney. */
  note: z.string().trim().min(1).max(1000),
});
export type ConfirmControlBody = z.infer<typeof ConfirmControlBody>;

export const confirmFilingControl = route({
  name: 'confirmFilingControl',
  tag: 'filings',
  method: 'POST',
  path: '/filings/:id/control',
  access: decidable,
  summary:
    'Confirm, on evidence that the agent saw, that the account of an attached filing acts for the operator',
  params: filingParams,
  body: ConfirmControlBody,
  responses: { 200: Dossier },
  problems: ['forbidden', 'control_already_proven', 'operator_already_registered', 'stale'],
  idempotent: true,
  versioned: 'required',
});

export const retryAccounts = route({
  name: 'retryAccounts',
  tag: 'filings',
  method: 'POST',
  path: '/filings/:id/account-openings',
  access: decidable,
  summary:
    'Ask the single window again for the accounts that it refused, at other e-mail addresses where they are given',
  params: filingParams,
  body: z.strictObject({ emails: z.array(EmailChange).max(maxSingleWindowUsers).default([]) }),
  responses: { 200: Dossier },
  problems: ['forbidden', 'accounts_not_refused'],
  idempotent: true,
});

export const resendRegistration = route({
  name: 'resendRegistration',
  tag: 'filings',
  method: 'POST',
  path: '/filings/:id/registration',
  access: decidable,
  summary: 'Send a validated record to BADR again, after it refused it or was asked in vain',
  params: filingParams,
  responses: { 200: Dossier },
  problems: ['forbidden', 'registration_not_refused'],
  idempotent: true,
});

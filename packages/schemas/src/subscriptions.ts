import { z } from 'zod';
import { noContent, route } from './contract.ts';
import { ContractView } from './contracts.ts';
import { DocumentName, DocumentVersion, documentRules, documentsOf, isPlainDocument } from './documents.ts';
import { digits, email, exactDigits, type FormContext, listCode } from './fields.ts';
import { Filing } from './filings.ts';
import { concernsAuthorities } from './issue-authorities.ts';
import { addIssue, Issue, Warning } from './issues.ts';
import {
  Authority,
  authorities,
  EntityType,
  OperatorType,
  operatorTypeRules,
  Purpose,
} from './operator-types.ts';
import { Instant, SubscriptionId } from './primitives.ts';
import { RegistryRecord, RegistryStatus } from './registry.ts';
import {
  draftSchemas,
  judgeSection,
  type Section,
  type SectionsDraft,
  SectionsView,
  sectionBelongs,
  sectionsOf,
} from './sections.ts';

interface StepRule {
  readonly group: 'base' | 'documents' | 'other' | 'contract' | 'end';
  readonly section?: Section;
  readonly authority?: Authority;
}

/** The steps of the form, in the order of the guide. A step with a section belongs where its section does. */
export const stepRules = {
  company: { group: 'base', section: 'company' },
  managers: { group: 'base', section: 'managers' },
  legalRepresentative: { group: 'base', section: 'legalRepresentative' },
  documents: { group: 'documents' },
  singleWindowUsers: { group: 'other', section: 'singleWindowUsers' },
  contacts: { group: 'other', section: 'contacts' },
  bankAccount: { group: 'other', section: 'bankAccount' },
  contract: { group: 'contract', authority: 'portnet' },
  review: { group: 'end' },
} as const satisfies Record<string, StepRule>;
export type Step = keyof typeof stepRules;
export const steps = Object.keys(stepRules) as [Step, ...Step[]];
export const Step = z.enum(steps);

/** The steps of a form, in order. */
export const stepsOf = (context: Pick<FormContext, 'operatorType' | 'authorities'>): Step[] =>
  steps.filter((step) => {
    const { section, authority }: StepRule = stepRules[step];
    if (section) return sectionBelongs(section, context);
    return authority === undefined || context.authorities.includes(authority);
  });

/** `DDMMYYYY` (Casablanca) + the operator type's letters + 11 digits of one sequence (spec/registration.md, After submission). */
export const DossierCode = z.string().regex(/^\d{8}[A-Z]{1,3}\d{11}$/);

/** Makes a subscription's code. `date` is `YYYY-MM-DD` in Casablanca, `sequence` the next number of the one sequence. */
export const dossierCode = (date: string, operatorType: OperatorType, sequence: number | bigint): string => {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}${month}${year}${operatorTypeRules[operatorType].letters}${String(sequence).padStart(11, '0')}`;
};

export const Identifiers = (context: Pick<FormContext, 'has'>) =>
  z.strictObject({
    email: email(),
    taxId: digits(15),
    ice: exactDigits(15),
    rcNumber: digits(15),
    operatorType: OperatorType,
    rcCentre: listCode(context as FormContext, 'rc-centres'),
  });
/** « Vérification du compte »; whether the centre stands in the list is judged by the service, which has the list. */
export const SubscriptionIdentifiers = Identifiers({ has: () => true });
export type SubscriptionIdentifiers = z.infer<typeof SubscriptionIdentifiers>;

/** A rule between fields, judged though one of them is wrong, or that fault would hide this one: every wrong field is told at once. */
const at = (field: string, code: Issue['code']) => ({
  path: [field],
  params: { code },
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null,
});
/** Whether a form, whose body may be wrong, is for this authority alone. */
const isFor = (only: Authority, { authorities: asked }: { authorities?: unknown }): boolean =>
  Array.isArray(asked) && asked.length === 1 && asked[0] === only;

export const CreateSubscriptionBody = z
  .strictObject({
    authorities: z
      .array(Authority)
      .min(1)
      .max(authorities.length)
      .check(({ value, issues }) => {
        const twice = value.findIndex((authority, index) => value.indexOf(authority) < index);
        if (twice >= 0) addIssue(issues, value, 'duplicate', { path: [twice] });
      }),
    purpose: Purpose.default('registration'),
    /** Not for PortNet alone, which takes those of the customs filing. */
    identifiers: SubscriptionIdentifiers.optional(),
  })
  .refine((body) => isFor('portnet', body) || body.identifiers !== undefined, at('identifiers', 'required'))
  .refine((body) => !isFor('portnet', body) || !body.identifiers, at('identifiers', 'forbidden'))
  .refine((body) => body.purpose !== 'update_only' || isFor('customs', body), at('authorities', 'forbidden'));
export type CreateSubscriptionBody = z.infer<typeof CreateSubscriptionBody>;

export const StepState = z.object({
  step: Step,
  /** `current` is where the operator stopped. */
  state: z.enum(['done', 'current', 'todo']),
  issues: z.int(),
});
export type StepState = z.infer<typeof StepState>;

/** What is still missing or wrong, by place: pointers `/company/ice`, `/managers/0/lastName`, `/documents/identity`. */
export const Progress = z.object({
  steps: z.array(StepState),
  issues: z.array(Issue),
  warnings: z.array(Warning),
});
export type Progress = z.infer<typeof Progress>;

/** Whether people's data may be prefilled from BADR: only for who owns the e-mail that BADR holds. */
export const peoplePrefills = ['not_applicable', 'code_needed', 'confirmed', 'no_email'] as const;

export const Subscription = z.object({
  id: SubscriptionId,
  code: z.string(),
  authorities: z.array(Authority),
  purpose: Purpose,
  operatorType: OperatorType,
  identifiers: z.object({
    email: z.string(),
    taxId: z.string(),
    ice: z.string(),
    rcNumber: z.string(),
    rcCentre: z.string(),
  }),
  /** The same as `registry.status`. */
  registryStatus: RegistryStatus,
  registry: z.object({
    status: RegistryStatus,
    checkedAt: Instant.nullable(),
    /** Identifiers that BADR holds otherwise for the same ICE. */
    mismatch: z.array(z.string()),
    record: RegistryRecord.nullable(),
    people: z.enum(peoplePrefills),
    /** Where the code goes, masked: `c•••@a•••.ma`. */
    maskedEmail: z.string().nullable(),
  }),
  sections: SectionsView,
  /** The contract to sign, and what came back of it; null before it was made, and in a form without PortNet. */
  contract: ContractView.nullable(),
  documents: z.array(
    z.object({
      document: DocumentName,
      required: z.boolean(),
      belongs: z.boolean(),
      current: DocumentVersion.nullable(),
    }),
  ),
  progress: Progress,
  currentStep: Step,
  filings: z.array(Filing),
  /** A draft, or an incomplete filing that was reopened. */
  editable: z.boolean(),
  version: z.int(),
  createdAt: Instant,
  savedAt: Instant,
  submittedAt: Instant.nullable(),
});
export type Subscription = z.infer<typeof Subscription>;

export const SubscriptionOptions = z.object({
  authorities: z.array(
    z.object({
      authority: Authority,
      available: z.boolean(),
      /** Why it can't be chosen now. */
      reason: z.enum(['already_filed', 'coming', 'customs_draft', 'control_not_proven']).nullable(),
    }),
  ),
  updateOnly: z.boolean(),
});
export type SubscriptionOptions = z.infer<typeof SubscriptionOptions>;

export const SavedSection = z.object({ version: z.int(), savedAt: Instant, progress: Progress });
export type SavedSection = z.infer<typeof SavedSection>;

const subscriptionParams = z.strictObject({ id: SubscriptionId });
const operator = ['operator'] as const;
const tag = 'subscriptions';

export const getSubscriptionOptions = route({
  name: 'getSubscriptionOptions',
  tag,
  method: 'GET',
  path: '/subscriptions/options',
  access: operator,
  summary: 'Which authorities can be chosen now, and why not the others',
  responses: { 200: SubscriptionOptions },
  problems: [],
});

export const createSubscription = route({
  name: 'createSubscription',
  tag,
  method: 'POST',
  path: '/subscriptions',
  access: operator,
  summary: 'Ask BADR about the operator and open a draft',
  body: CreateSubscriptionBody,
  responses: { 201: Subscription },
  problems: [
    'authority_unavailable',
    'operator_already_registered',
    'operator_unknown_to_customs',
    'identifiers_differ',
    'registry_unavailable',
  ],
  idempotent: true,
  versioned: 'answer',
  rateLimit: { max: 30, windowSeconds: 600 },
});

export const listSubscriptions = route({
  name: 'listSubscriptions',
  tag,
  method: 'GET',
  path: '/subscriptions',
  access: ['operator', 'integrator'],
  integrator: { kinds: ['operator'], scope: 'subscriptions:read' },
  summary: "The operator's subscriptions, newest first",
  responses: { 200: z.object({ items: z.array(Subscription.omit({ sections: true, documents: true })) }) },
  problems: [],
});

export const getSubscription = route({
  name: 'getSubscription',
  tag,
  method: 'GET',
  path: '/subscriptions/:id',
  access: ['operator', 'integrator'],
  integrator: { kinds: ['operator'], scope: 'subscriptions:read' },
  summary: 'A subscription with its form, documents, filings and what is missing',
  params: subscriptionParams,
  responses: { 200: Subscription },
  problems: [],
  versioned: 'answer',
});

const saveSectionRoute = {
  tag,
  method: 'PUT',
  access: operator,
  params: subscriptionParams,
  versioned: 'required',
} as const;
const saveSectionProblems = ['subscription_not_editable', 'stale'] as const;

export const saveCompany = route({
  ...saveSectionRoute,
  name: 'saveCompany',
  path: '/subscriptions/:id/sections/company',
  summary: 'Save « Informations sur la société »; a draft may be incomplete',
  body: draftSchemas.company,
  responses: { 200: SavedSection },
  problems: saveSectionProblems,
});

export const saveManagers = route({
  ...saveSectionRoute,
  name: 'saveManagers',
  path: '/subscriptions/:id/sections/managers',
  summary: 'Save « Les gérants »; a draft may be incomplete',
  body: draftSchemas.managers,
  responses: { 200: SavedSection },
  problems: saveSectionProblems,
});

export const saveLegalRepresentative = route({
  ...saveSectionRoute,
  name: 'saveLegalRepresentative',
  path: '/subscriptions/:id/sections/legal-representative',
  summary: 'Save « Mandataire »; a draft may be incomplete',
  body: draftSchemas.legalRepresentative,
  responses: { 200: SavedSection },
  problems: saveSectionProblems,
});

export const saveSingleWindowUsers = route({
  ...saveSectionRoute,
  name: 'saveSingleWindowUsers',
  path: '/subscriptions/:id/sections/single-window-users',
  summary: 'Save « Utilisateurs du GU »; a draft may be incomplete',
  body: draftSchemas.singleWindowUsers,
  responses: { 200: SavedSection },
  problems: saveSectionProblems,
});

export const saveContacts = route({
  ...saveSectionRoute,
  name: 'saveContacts',
  path: '/subscriptions/:id/sections/contacts',
  summary: 'Save « Contacts »; a draft may be incomplete',
  body: draftSchemas.contacts,
  responses: { 200: SavedSection },
  problems: saveSectionProblems,
});

export const saveBankAccount = route({
  ...saveSectionRoute,
  name: 'saveBankAccount',
  path: '/subscriptions/:id/sections/bank-account',
  summary: 'Save « Compte bancaire »; a draft may be incomplete',
  body: draftSchemas.bankAccount,
  responses: { 200: SavedSection },
  problems: saveSectionProblems,
});

export const saveCurrentStep = route({
  name: 'saveCurrentStep',
  tag,
  method: 'PUT',
  path: '/subscriptions/:id/current-step',
  access: operator,
  summary: 'Remember the step where the operator stopped',
  params: subscriptionParams,
  body: z.strictObject({ step: Step }),
  responses: { 204: noContent },
  problems: ['subscription_not_editable'],
});

export const sendRegistryCode = route({
  name: 'sendRegistryCode',
  tag,
  method: 'POST',
  path: '/subscriptions/:id/registry-confirmation',
  access: operator,
  summary: "Send a code to the e-mail address that BADR holds, so that people's data can be prefilled",
  params: subscriptionParams,
  responses: { 202: z.object({ maskedEmail: z.string(), expiresAt: Instant }) },
  problems: ['registry_code_not_needed', 'subscription_not_editable'],
  rateLimit: { max: 5, windowSeconds: 900 },
});

export const confirmRegistryCode = route({
  name: 'confirmRegistryCode',
  tag,
  method: 'PUT',
  path: '/subscriptions/:id/registry-confirmation',
  access: operator,
  summary: "Type the code: people's data are prefilled from BADR where the form is still empty",
  params: subscriptionParams,
  body: z.strictObject({ code: digits(6) }),
  responses: { 200: Subscription },
  problems: [
    'registry_code_wrong',
    'registry_code_not_needed',
    'operator_already_registered',
    'subscription_not_editable',
  ],
  versioned: 'answer',
  rateLimit: { max: 20, windowSeconds: 900 },
});

export const SubmitSubscriptionBody = z.strictObject({
  acceptTerms: z.boolean().check(({ value, issues }) => {
    if (!value) addIssue(issues, value, 'must_accept');
  }),
});

export const submitSubscription = route({
  name: 'submitSubscription',
  tag,
  method: 'POST',
  path: '/subscriptions/:id/submission',
  access: operator,
  summary:
    '« Valider votre souscription »: everything is validated again and the filings go to their authorities',
  params: subscriptionParams,
  body: SubmitSubscriptionBody,
  responses: { 200: Subscription },
  problems: ['subscription_not_editable', 'operator_already_registered', 'stale'],
  idempotent: true,
  versioned: 'required',
});

export const rectifySubscription = route({
  name: 'rectifySubscription',
  tag,
  method: 'POST',
  path: '/subscriptions/:id/rectification',
  access: operator,
  summary: '« Rectifier vos données »: reopen an incomplete filing',
  params: subscriptionParams,
  responses: { 200: Subscription },
  problems: ['filing_not_incomplete'],
  idempotent: true,
  versioned: 'answer',
});

export const deleteSubscription = route({
  name: 'deleteSubscription',
  tag,
  method: 'DELETE',
  path: '/subscriptions/:id',
  access: operator,
  summary: 'Delete a draft',
  params: subscriptionParams,
  responses: { 204: noContent },
  problems: ['subscription_not_editable'],
});

export interface FormState {
  readonly context: FormContext;
  readonly sections: Partial<SectionsDraft>;
  /** The documents that stand in the draft, with why they can't stay. */
  readonly documents: readonly {
    readonly document: DocumentName;
    /** An agent refused it, or the antivirus found a threat in it. */
    readonly mustReplace: boolean;
    /** A signed contract that isn't the one that these data make any more. */
    readonly outdated?: boolean;
  }[];
  /**
   * The authorities that it would be sent to now; without: all of the context. What only another one asks was sent and is being
   * judged, or was validated: it is no reason to keep the rest from leaving.
   */
  readonly open?: readonly Authority[];
}

function judgeDocuments({ context, sections: kept, documents }: FormState): Issue[] {
  const entityType = EntityType.safeParse(kept.company?.entityType).data;
  const asked = documentsOf({ ...context, entityType });
  const at = (document: DocumentName, code: Issue['code']): Issue => ({
    pointer: `/documents/${document}`,
    code,
  });
  const missing = asked.flatMap((document): Issue[] => {
    const given = documents.find((one) => one.document === document);
    if (!given) return documentRules[document].required ? [at(document, 'required')] : [];
    if (given.mustReplace) return [at(document, 'not_replaced')];
    return given.outdated ? [at(document, 'contract_outdated')] : [];
  });
  const forbidden = documents.filter(({ document }) => !asked.includes(document));
  return [...missing, ...forbidden.map(({ document }) => at(document, 'forbidden'))];
}

/** Judges a form: what `PUT sections` lists as missing and what the submission refuses, by the same rules. */
export function judgeForm(form: FormState): {
  issues: Issue[];
  warnings: Warning[];
  /** The sections of this form, normalised and complete where they have no issues. */
  sections: Partial<Record<Section, unknown>>;
} {
  const { context, sections: kept } = form;
  const issues: Issue[] = [];
  const warnings: Warning[] = [];
  const values: Partial<Record<Section, unknown>> = {};
  for (const section of sectionsOf(context)) {
    const judged = judgeSection(section, context, kept[section], kept);
    issues.push(...judged.issues.map((issue) => ({ ...issue, pointer: `/${section}${issue.pointer}` })));
    warnings.push(
      ...judged.warnings.map((warning) => ({ ...warning, pointer: `/${section}${warning.pointer}` })),
    );
    values[section] = judged.value;
  }
  issues.push(...judgeDocuments(form));
  const { open = context.authorities } = form;
  const isOpen = ({ pointer }: { pointer: string }) => concernsAuthorities(pointer, open, context);
  return { issues: issues.filter(isOpen), warnings: warnings.filter(isOpen), sections: values };
}

/** The step that an issue's pointer belongs to: `/company/ice`, `/documents/identity`; the signed contract has its own. */
export function stepOf(pointer: string): Step {
  const [, part, name] = pointer.split('/');
  const document = part === 'documents' ? DocumentName.safeParse(name).data : undefined;
  if (document && !isPlainDocument(document)) return 'contract';
  return Step.safeParse(part).data ?? 'review';
}

/** The state of each step of a form, for the panel at its left. */
export function stepStates(
  context: Pick<FormContext, 'operatorType' | 'authorities'>,
  issues: readonly Issue[],
  current: Step,
): StepState[] {
  return stepsOf(context).map((step) => {
    const count = issues.filter(({ pointer }) => stepOf(pointer) === step).length;
    return {
      step,
      issues: count,
      state: step === current ? 'current' : count === 0 && step !== 'review' ? 'done' : 'todo',
    };
  });
}

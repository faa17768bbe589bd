/** What each operation on a customs account asks for, and what an update changes: used alike by the API and by every form. */
import { z } from 'zod';
import type { CustomsRequestType } from './customs-account.ts';
import type { DocumentName } from './documents.ts';
import { date, type FieldRule, type FormContext, longText } from './fields.ts';
import { type Issue, pointerOf, type Warning } from './issues.ts';
import type { ManagerDraft } from './managers.ts';
import {
  judgeFields,
  judgeSection,
  partOf,
  type SectionsDraft,
  sectionRule,
  shownFields,
} from './sections.ts';

type Values = Readonly<Record<string, unknown>>;

/** « Motif d'annulation ». */
export const cancellationGrounds = ['liquidation', 'striking_off'] as const;
/** What shows that the manager still is one. */
export const restorationEvidences = ['trade_register', 'minutes'] as const;

/** The fields of each operation beside the form's own sections, `reference:operation.<field>`. */
export const requestFields = {
  update: {
    tradeRegisterDate: { kind: 'date', required: true, schema: (context) => date(context, 'fresh') },
  },
  cancellation: {
    ground: {
      kind: 'choice',
      required: true,
      options: cancellationGrounds,
      schema: () => z.enum(cancellationGrounds),
    },
    comment: { kind: 'long_text', required: true, schema: () => longText() },
  },
  restoration: {
    evidence: {
      kind: 'choice',
      required: true,
      options: restorationEvidences,
      schema: () => z.enum(restorationEvidences),
    },
    tradeRegisterDate: {
      kind: 'date',
      required: true,
      schema: (context) => date(context, 'fresh'),
      shownWhen: ({ evidence }) => evidence === 'trade_register',
    },
    motive: { kind: 'long_text', required: true, schema: () => longText() },
  },
} as const satisfies Record<CustomsRequestType, Record<string, FieldRule>>;

/** The fields of an operation, whichever it is. */
export const requestFieldsOf = (type: CustomsRequestType): Readonly<Record<string, FieldRule>> =>
  requestFields[type];

/** The sections of the form that an update changes: what BADR holds of an operator. */
export const updatedSections = ['company', 'managers'] as const;
export type UpdatedSections = Partial<Pick<SectionsDraft, (typeof updatedSections)[number]>>;

/** By these BADR knows the account: an update can't change them. */
export const updateFixedFields = ['operatorType', 'ice'] as const;
/** A field of the form that BADR doesn't hold: an update doesn't have it. */
export const fieldsOutsideUpdate: readonly string[] = ['repeatedAddress'];

/** An update is asked of customs alone: its form has what customs ask. */
const customsOnly = ['customs'] as const;

export interface RequestForm {
  readonly type: CustomsRequestType;
  /** The authorities are customs, whatever else the account asked for. */
  readonly context: FormContext;
  readonly details: Values;
  /** For an update: what BADR held when the form was filled from it, and what is asked in its place. */
  readonly before: UpdatedSections;
  readonly sections: UpdatedSections;
  /** The documents that stand in the request. */
  readonly documents: readonly { readonly document: DocumentName; readonly mustReplace: boolean }[];
}

const written = (value: unknown): string => {
  if (typeof value === 'string') return value.trim();
  return value === true ? 'true' : '';
};

const legalNameOf = ({ company }: UpdatedSections): string => written(company?.legalName);

/** The documents that a request asks for, in order; all of them are required. */
export function requestDocuments({
  type,
  context,
  details,
  before,
  sections,
}: Pick<RequestForm, 'type' | 'context' | 'details' | 'before' | 'sections'>): DocumentName[] {
  switch (type) {
    case 'update': {
      // The guide's N.B.: a customs broker changes its raison sociale only by a decision of the ADII.
      const renamed =
        context.operatorType === 'customs_broker' && legalNameOf(before) !== legalNameOf(sections);
      return renamed ? ['trade_register', 'name_change_decision'] : ['trade_register'];
    }
    case 'cancellation':
      if (details.ground === 'liquidation') return ['liquidation_evidence'];
      return details.ground === 'striking_off' ? ['trade_register'] : [];
    case 'restoration':
      return [
        'restoration_request',
        ...(details.evidence === 'trade_register' ? (['trade_register'] as const) : []),
        ...(details.evidence === 'minutes' ? (['minutes'] as const) : []),
      ];
  }
}

const possibleDocuments = {
  update: ['trade_register', 'name_change_decision'],
  cancellation: ['liquidation_evidence', 'trade_register'],
  restoration: ['restoration_request', 'trade_register', 'minutes'],
} as const satisfies Record<CustomsRequestType, readonly DocumentName[]>;

/**
 * Whether a draft of this type may hold a document: whatever one of its choices asks, so that a document can be given before the choice beside it
 * is saved. What a request is sent with is `requestDocuments`.
 */
export function requestMayHave(
  { type, operatorType }: { readonly type: CustomsRequestType } & Pick<FormContext, 'operatorType'>,
  document: DocumentName,
): boolean {
  if (document === 'name_change_decision' && operatorType !== 'customs_broker') return false;
  return (possibleDocuments[type] as readonly DocumentName[]).includes(document);
}

export type ChangeKind = 'changed' | 'added' | 'removed';
type ChangeValue = string | ManagerDraft | null;

/** One thing that an update asks for: a field of the company, or a manager as a whole. */
export interface RecordChange {
  /** `company.<field>`, or `managers.<key>`: what a reason and a decision name it by. */
  readonly item: string;
  readonly kind: ChangeKind;
  readonly before: ChangeValue;
  readonly asked: ChangeValue;
}

const kindOf = (before: unknown, asked: unknown): ChangeKind => {
  if (before === null) return 'added';
  return asked === null ? 'removed' : 'changed';
};

/** Whether two managers are said to be the same in every field. */
export const sameManager = (one: ManagerDraft, other: ManagerDraft): boolean =>
  Object.keys(sectionRule('managers').fields).every(
    (name) => written(one[name as keyof ManagerDraft]) === written(other[name as keyof ManagerDraft]),
  );

/**
 * What `asked` changes of `before`, in the order of the form. Managers are told apart by their key: whoever fills a form from BADR gives both sides
 * the same one.
 */
export function recordChanges(
  before: UpdatedSections,
  asked: UpdatedSections,
  context: Pick<FormContext, 'operatorType'>,
): RecordChange[] {
  const ownContext: FormContext = {
    operatorType: context.operatorType,
    authorities: customsOnly,
    // Which fields a form has depends neither on the day nor on the lists.
    today: '',
    has: () => true,
    ribCodes: () => [],
  };
  const company = (from: UpdatedSections): Values => partOf(from, ownContext).company ?? {};
  const [was, will] = [company(before), company(asked)];
  const names = new Set([
    ...shownFields(sectionRule('company').fields, ownContext, was),
    ...shownFields(sectionRule('company').fields, ownContext, will),
  ]);
  const fields = Object.keys(sectionRule('company').fields)
    .filter((name) => names.has(name) && !fieldsOutsideUpdate.includes(name))
    .filter((name) => written(was[name]) !== written(will[name]))
    .map((name): RecordChange => {
      const [from, to] = [written(was[name]) || null, written(will[name]) || null];
      return { item: `company.${name}`, kind: kindOf(from, to), before: from, asked: to };
    });
  const old = before.managers ?? [];
  const wanted = asked.managers ?? [];
  const keys = [...new Set([...old, ...wanted].map(({ key }) => key ?? ''))];
  const managers = keys.flatMap((key): RecordChange[] => {
    const from = old.find((one) => one.key === key) ?? null;
    const to = wanted.find((one) => one.key === key) ?? null;
    if (from && to && sameManager(from, to)) return [];
    return [{ item: `managers.${key}`, kind: kindOf(from, to), before: from, asked: to }];
  });
  return [...fields, ...managers];
}

const below = <T extends { pointer: string }>(place: string, found: readonly T[]): T[] =>
  found.map((one) => ({ ...one, pointer: pointerOf([place]) + one.pointer }));

/** Judges a request as it would be sent: every issue with its place, `/details/ground`, `/company/legalName`, `/documents/minutes`. */
export function judgeRequest(form: RequestForm): { issues: Issue[]; warnings: Warning[] } {
  const { type, details, before, sections, documents } = form;
  const context: FormContext = { ...form.context, authorities: customsOnly };
  const judged = judgeFields(requestFieldsOf(type), context, details);
  const issues = below('details', judged.issues);
  const warnings = below('details', judged.warnings);
  if (type === 'update') {
    for (const section of updatedSections) {
      const one = judgeSection(section, context, sections[section], sections);
      issues.push(...below(section, one.issues));
      warnings.push(...below(section, one.warnings));
    }
    for (const name of updateFixedFields)
      if (written(before.company?.[name]) !== written(sections.company?.[name]))
        issues.push({ pointer: pointerOf(['company', name]), code: 'differs_from_registry' });
    if (recordChanges(before, sections, context).length === 0)
      issues.push({ pointer: '', code: 'nothing_changed' });
  }
  for (const document of requestDocuments(form)) {
    const given = documents.find((one) => one.document === document);
    if (given && !given.mustReplace) continue;
    issues.push({ pointer: `/documents/${document}`, code: given ? 'not_replaced' : 'required' });
  }
  return { issues, warnings };
}

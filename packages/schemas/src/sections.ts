/** The sections of a subscription's form: which values belong, which are wrong, which are doubtful. Used alike by the API and by every form. */
import { z } from 'zod';
import { BankAccountDraft, bankAccountFields } from './bank-account.ts';
import { CompanyDraft, companyFields } from './company.ts';
import { ContactsDraft, contactFields, maxContacts } from './contacts.ts';
import type { FieldRule, FormContext } from './fields.ts';
import { normaliseIdentifier } from './identifiers.ts';
import { type Issue, pointerOf, validate, type Warning } from './issues.ts';
import { LegalRepresentativeDraft, legalRepresentativeFields } from './legal-representative.ts';
import { IdType, idNumberSchema, ManagersDraft, managerFields, maxManagers } from './managers.ts';
import { type Authority, operatorTypeRules } from './operator-types.ts';
import {
  maxSingleWindowUsers,
  SingleWindowUsersDraft,
  singleWindowUserFields,
} from './single-window-users.ts';

type Values = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, FieldRule>>;

interface SectionRule {
  readonly fields: Fields;
  /** Where the catalogues have the names of its fields: `reference:<labels>.<field>`. */
  readonly labels: string;
  /** A list of that many at most, one at least; without: one set of fields. */
  readonly max?: number;
  /** The field of a list in which none may say what another says, and what is compared. */
  readonly distinct?: { readonly field: string; readonly of: (item: Values) => string };
  /** Asked by this authority alone; the others never see it. */
  readonly authority?: Authority;
  /** Asked only of the operator types that name it in their rules. */
  readonly byOperatorType?: boolean;
}

const written = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The sections of the form, in the order of the guide (spec/registration.md, Steps by authority). */
export const sectionRules = {
  company: { fields: companyFields, labels: 'company' },
  managers: {
    fields: managerFields,
    labels: 'manager',
    max: maxManagers,
    distinct: {
      field: 'idNumber',
      of: ({ idType, idNumber }) => `${written(idType)} ${normaliseIdentifier(written(idNumber))}`,
    },
  },
  legalRepresentative: {
    fields: legalRepresentativeFields,
    labels: 'legalRepresentative',
    authority: 'portnet',
  },
  singleWindowUsers: {
    fields: singleWindowUserFields,
    labels: 'singleWindowUser',
    max: maxSingleWindowUsers,
    distinct: { field: 'email', of: ({ email }) => written(email).toLowerCase() },
    authority: 'portnet',
  },
  contacts: { fields: contactFields, labels: 'contact', max: maxContacts, authority: 'portnet' },
  bankAccount: {
    fields: bankAccountFields,
    labels: 'bankAccount',
    authority: 'portnet',
    byOperatorType: true,
  },
} as const satisfies Record<string, SectionRule>;

export type Section = keyof typeof sectionRules;
export const sections = Object.keys(sectionRules) as [Section, ...Section[]];
export const Section = z.enum(sections);

/** The sections that are lists: of managers, users, contacts. */
export type ListSection = 'managers' | 'singleWindowUsers' | 'contacts';

export const isListSection = (section: Section): section is ListSection =>
  (sectionRules[section] as SectionRule).max !== undefined;

/** The rule of a section, whichever it is. */
export const sectionRule = (section: Section): SectionRule => sectionRules[section];

type SectionContext = Pick<FormContext, 'operatorType' | 'authorities'>;

/** Whether the form of this operator type has this section for these authorities; a value elsewhere is refused. */
export function sectionBelongs(section: Section, { operatorType, authorities }: SectionContext): boolean {
  const { authority, byOperatorType } = sectionRule(section);
  if (authority && !authorities.includes(authority)) return false;
  return !byOperatorType || (operatorTypeRules[operatorType].sections as readonly string[]).includes(section);
}

/** The sections of a form, in order. */
export const sectionsOf = (context: SectionContext): Section[] =>
  sections.filter((section) => sectionBelongs(section, context));

export const draftSchemas = {
  company: CompanyDraft,
  managers: ManagersDraft,
  legalRepresentative: LegalRepresentativeDraft,
  singleWindowUsers: SingleWindowUsersDraft,
  contacts: ContactsDraft,
  bankAccount: BankAccountDraft,
} as const satisfies Record<Section, z.ZodType>;

/** Every section as a draft keeps it. */
export const SectionsDraft = z.object(draftSchemas);
export type SectionsDraft = z.infer<typeof SectionsDraft>;

/** The form as it is shown: null for a section in which nothing was saved, or which isn't for the reader. */
export const SectionsView = z.object({
  company: CompanyDraft.nullable(),
  managers: ManagersDraft.nullable(),
  legalRepresentative: LegalRepresentativeDraft.nullable(),
  singleWindowUsers: SingleWindowUsersDraft.nullable(),
  contacts: ContactsDraft.nullable(),
  bankAccount: BankAccountDraft.nullable(),
});
export type SectionsView = z.infer<typeof SectionsView>;

/** What of a form is sent to these authorities: their sections, without the fields that only another one asks. */
export function partOf(kept: Partial<SectionsDraft>, context: SectionContext): Partial<SectionsDraft> {
  const asked = (section: Section, values: Values): Values => {
    const { fields } = sectionRule(section);
    return Object.fromEntries(
      Object.entries(values).filter(([name]) => fields[name]?.belongs?.(context) !== false),
    );
  };
  return Object.fromEntries(
    sectionsOf(context).flatMap((section) => {
      const data: unknown = kept[section];
      if (data === undefined) return [];
      const part = isListSection(section)
        ? (data as readonly Values[]).map((item) => asked(section, item))
        : asked(section, data as Values);
      return [[section, part]];
    }),
  );
}

/** What a reader is shown of a form: the part of these authorities. */
export function viewSections(kept: Partial<SectionsDraft>, context: SectionContext): SectionsView {
  const part = partOf(kept, context);
  return Object.fromEntries(
    sections.map((section) => [section, part[section] ?? null]),
  ) as unknown as SectionsView;
}

/** The result of judging a section: `value` is normalised and complete, there only without issues. */
export interface Judgement {
  readonly value: unknown;
  readonly issues: Issue[];
  readonly warnings: Warning[];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** The fields that the form shows for these values, in order. */
export function shownFields(fields: Fields, context: FormContext, values: Values): string[] {
  return Object.entries(fields)
    .filter(([, rule]) => (rule.belongs?.(context) ?? true) && (rule.shownWhen?.(values) ?? true))
    .map(([name]) => name);
}

/** The fields with a value that this form must not have: 422, not only hidden (spec/registration.md, Documents). */
export function forbiddenFields(fields: Fields, context: FormContext, values: Values): string[] {
  return Object.keys(values).filter(
    (name) => !isEmpty(values[name]) && fields[name]?.belongs?.(context) === false,
  );
}

type SchemaOf = (name: string, rule: FieldRule) => z.ZodType;

/** Building a schema costs more than using it, and a context serves many saves: its schemas are kept as long as it is. */
const builtSchemas = new WeakMap<FormContext, Map<unknown, z.ZodType>>();

function builtOnce(context: FormContext, key: unknown, build: () => z.ZodType): z.ZodType {
  const built = builtSchemas.get(context) ?? new Map<unknown, z.ZodType>();
  builtSchemas.set(context, built);
  const schema = built.get(key) ?? build();
  built.set(key, schema);
  return schema;
}

/** The schema of each field; the rule of an identity number follows the type beside it. */
const schemasOf =
  (section: Section, context: FormContext, { idType }: Values): SchemaOf =>
  (name, rule) =>
    section === 'managers' && name === 'idNumber'
      ? builtOnce(context, `idNumber ${String(IdType.safeParse(idType).data)}`, () => idNumberSchema(idType))
      : builtOnce(context, rule, () => rule.schema(context));

/** Judges one set of fields: every issue at once, with pointers into it. `value` is normalised, and complete only without issues. */
export function judgeFields(
  fields: Fields,
  context: FormContext,
  values: Values,
  schemaOf: SchemaOf = (_name, rule) => builtOnce(context, rule, () => rule.schema(context)),
): Judgement & { readonly value: Record<string, unknown> } {
  const value: Record<string, unknown> = isEmpty(values.key) ? {} : { key: values.key };
  const issues: Issue[] = forbiddenFields(fields, context, values).map((name) => ({
    pointer: pointerOf([name]),
    code: 'forbidden',
  }));
  const warnings: Warning[] = [];
  for (const name of shownFields(fields, context, values)) {
    const rule = fields[name];
    if (!rule) continue;
    if (isEmpty(values[name])) {
      if (rule.required) issues.push({ pointer: pointerOf([name]), code: 'required' });
      continue;
    }
    const result = validate(schemaOf(name, rule), values[name]);
    if (result.issues.length > 0) {
      issues.push(
        ...result.issues.map((issue) => ({ ...issue, pointer: pointerOf([name]) + issue.pointer })),
      );
      continue;
    }
    value[name] = result.value;
    const code = typeof result.value === 'string' ? rule.warn?.(result.value, values, context) : undefined;
    if (code) warnings.push({ pointer: pointerOf([name]), code });
  }
  return { value, issues, warnings };
}

const within = <T extends { pointer: string }>(index: number, found: T[]): T[] =>
  found.map((one) => ({ ...one, pointer: pointerOf([index]) + one.pointer }));

/** The items that say what an earlier one says, in the field that tells them apart. */
function repeatedItems({ distinct }: SectionRule, items: readonly Values[]): Issue[] {
  if (!distinct) return [];
  const seen = new Set<string>();
  return items.flatMap((item, index): Issue[] => {
    if (isEmpty(item[distinct.field])) return [];
    const said = distinct.of(item);
    const isRepeated = seen.has(said);
    seen.add(said);
    return isRepeated ? [{ pointer: pointerOf([index, distinct.field]), code: 'duplicate' }] : [];
  });
}

function judgeItems(section: ListSection, context: FormContext, items: readonly Values[]): Judgement {
  const rule = sectionRule(section);
  if (items.length === 0)
    return {
      value: undefined,
      issues: [{ pointer: '', code: 'min_items', params: { min: 1 } }],
      warnings: [],
    };
  const judged = items.map((item) =>
    judgeFields(rule.fields, context, item, schemasOf(section, context, item)),
  );
  const issues = judged.flatMap((one, index) => within(index, one.issues));
  issues.push(...repeatedItems(rule, items));
  if (rule.max !== undefined && items.length > rule.max)
    issues.push({ pointer: '', code: 'max_items', params: { max: rule.max } });
  return {
    value: judged.map((one) => one.value),
    issues,
    warnings: judged.flatMap((one, index) => within(index, one.warnings)),
  };
}

/** What a section says of another: the legal representative is one of the managers. */
function judgeTies(section: Section, value: Values, others: Partial<SectionsDraft>): Issue[] {
  if (section !== 'legalRepresentative' || isEmpty(value.manager)) return [];
  const isManager = (others.managers ?? []).some(({ key }) => key === value.manager);
  return isManager ? [] : [{ pointer: '/manager', code: 'not_a_manager' }];
}

/**
 * Judges a section of a form: every issue at once, with pointers into the section.
 * `data` is what the draft keeps (undefined: nothing was saved yet), `others` the form's sections that it may speak of.
 */
export function judgeSection(
  section: Section,
  context: FormContext,
  data: SectionsDraft[Section] | undefined,
  others: Partial<SectionsDraft> = {},
): Judgement {
  if (isListSection(section)) return judgeItems(section, context, (data ?? []) as readonly Values[]);
  const values = (data ?? {}) as Values;
  const { fields } = sectionRule(section);
  const judged = judgeFields(fields, context, values, schemasOf(section, context, values));
  return { ...judged, issues: [...judged.issues, ...judgeTies(section, judged.value, others)] };
}

/** What a draft keeps of one set of fields; see `tidySection`. */
export function tidyFields(
  fields: Fields,
  context: FormContext,
  values: Values,
  schemaOf: SchemaOf = (_name, rule) => builtOnce(context, rule, () => rule.schema(context)),
): Record<string, unknown> {
  const tidied: Record<string, unknown> = isEmpty(values.key) ? {} : { key: values.key };
  for (const name of shownFields(fields, context, values)) {
    const rule = fields[name];
    if (!rule || isEmpty(values[name])) continue;
    const { value = values[name], issues } = validate(schemaOf(name, rule), values[name]);
    tidied[name] = issues.length > 0 ? values[name] : value;
  }
  return tidied;
}

/**
 * What a draft keeps of what was typed: values written as the rules write them, wrong ones as they are, hidden and empty ones dropped.
 * Judging the result gives the same as judging what was typed.
 */
export function tidySection<S extends Section>(
  section: S,
  context: FormContext,
  data: SectionsDraft[S],
): SectionsDraft[S];
export function tidySection(
  section: Section,
  context: FormContext,
  data: SectionsDraft[Section],
): SectionsDraft[Section] {
  const { fields } = sectionRule(section);
  const tidy = (values: Values) => tidyFields(fields, context, values, schemasOf(section, context, values));
  return isListSection(section) ? (data as readonly Values[]).map(tidy) : tidy(data as Values);
}

/** What a section must not have in this form, as issues: what saving a draft refuses. */
export function forbiddenIssues(
  section: Section,
  context: FormContext,
  data: SectionsDraft[Section],
): Issue[] {
  if (!sectionBelongs(section, context)) return [{ pointer: '', code: 'forbidden' }];
  const { fields } = sectionRule(section);
  const refused = (values: Values): Issue[] =>
    forbiddenFields(fields, context, values).map((name) => ({
      pointer: pointerOf([name]),
      code: 'forbidden',
    }));
  return isListSection(section)
    ? (data as readonly Values[]).flatMap((item, index) => within(index, refused(item)))
    : refused(data as Values);
}

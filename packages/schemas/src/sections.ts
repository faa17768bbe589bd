/** The sections of a subscription's form: which values belong, which are wrong, which are doubtful. Used alike by the API and by every form. */
import { z } from 'zod';
import { CompanyDraft, companyFields } from './company.ts';
import type { FieldRule, FormContext } from './fields.ts';
import { normaliseIdentifier } from './identifiers.ts';
import { type Issue, pointerOf, validate, type Warning } from './issues.ts';
import { IdType, idNumberSchema, ManagersDraft, managerFields, maxManagers } from './managers.ts';

export const sections = ['company', 'managers'] as const;
export const Section = z.enum(sections);
export type Section = z.infer<typeof Section>;

export const draftSchemas = { company: CompanyDraft, managers: ManagersDraft } as const satisfies Record<
  Section,
  z.ZodType
>;

/** The form as a draft keeps it. */
export const SectionsDraft = z.object({ company: CompanyDraft, managers: ManagersDraft });
export type SectionsDraft = z.infer<typeof SectionsDraft>;

type Values = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, FieldRule>>;

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

const companySchemas =
  (context: FormContext): SchemaOf =>
  (_, rule) =>
    builtOnce(context, rule, () => rule.schema(context));

/** The rule of an identity number follows the type beside it. */
const managerSchemas =
  (context: FormContext, { idType }: Values): SchemaOf =>
  (name, rule) =>
    name === 'idNumber'
      ? builtOnce(context, `idNumber ${String(IdType.safeParse(idType).data)}`, () => idNumberSchema(idType))
      : builtOnce(context, rule, () => rule.schema(context));

function judgeFields(fields: Fields, context: FormContext, values: Values, schemaOf: SchemaOf) {
  const value: Record<string, unknown> = {};
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
    const code = typeof result.value === 'string' ? rule.warn?.(result.value, values) : undefined;
    if (code) warnings.push({ pointer: pointerOf([name]), code });
  }
  return { value, issues, warnings };
}

function judgeCompany(context: FormContext, values: Values): Judgement {
  return judgeFields(companyFields, context, values, companySchemas(context));
}

const within = <T extends { pointer: string }>(index: number, found: T[]): T[] =>
  found.map((one) => ({ ...one, pointer: pointerOf([index]) + one.pointer }));

function judgeManagers(context: FormContext, managers: readonly Values[]): Judgement {
  if (managers.length === 0)
    return {
      value: undefined,
      issues: [{ pointer: '', code: 'min_items', params: { min: 1 } }],
      warnings: [],
    };
  const judged = managers.map((manager) =>
    judgeFields(managerFields, context, manager, managerSchemas(context, manager)),
  );
  const issues = judged.flatMap((one, index) => within(index, one.issues));
  const seen = new Set<string>();
  for (const [index, manager] of managers.entries()) {
    if (isEmpty(manager.idNumber)) continue;
    const type = isEmpty(manager.idType) ? '' : String(manager.idType);
    const key = `${type} ${normaliseIdentifier(String(manager.idNumber))}`;
    if (seen.has(key)) issues.push({ pointer: pointerOf([index, 'idNumber']), code: 'duplicate' });
    seen.add(key);
  }
  if (managers.length > maxManagers)
    issues.push({ pointer: '', code: 'max_items', params: { max: maxManagers } });
  return {
    value: judged.map((one) => one.value),
    issues,
    warnings: judged.flatMap((one, index) => within(index, one.warnings)),
  };
}

/**
 * Judges a section of a form: every issue at once, with pointers into the section.
 * `data` is what the draft keeps (undefined: nothing was saved yet).
 */
export function judgeSection(
  section: Section,
  context: FormContext,
  data: SectionsDraft[Section] | undefined,
): Judgement {
  switch (section) {
    case 'company':
      return judgeCompany(context, (data ?? {}) as Values);
    case 'managers':
      return judgeManagers(context, (data ?? []) as readonly Values[]);
  }
}

function tidyFields(
  fields: Fields,
  context: FormContext,
  values: Values,
  schemaOf: SchemaOf,
): Record<string, unknown> {
  const tidied: Record<string, unknown> = {};
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
  switch (section) {
    case 'company':
      return tidyFields(companyFields, context, data as Values, companySchemas(context));
    case 'managers':
      return (data as readonly Values[]).map((manager) =>
        tidyFields(managerFields, context, manager, managerSchemas(context, manager)),
      );
  }
}

/** The fields of a section that must not be there, as issues: what saving a draft refuses. */
export function forbiddenIssues(
  section: Section,
  context: FormContext,
  data: SectionsDraft[Section],
): Issue[] {
  if (section !== 'company') return [];
  return forbiddenFields(companyFields, context, data as Values).map((name) => ({
    pointer: pointerOf([name]),
    code: 'forbidden',
  }));
}

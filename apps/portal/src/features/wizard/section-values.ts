/** A section as it is kept, as it is compared and as the form holds it. */
import { companyFields } from '@rnoce/schemas/company';
import type { FieldRule, FormContext } from '@rnoce/schemas/fields';
import { managerFields } from '@rnoce/schemas/managers';
import { type Section, type SectionsDraft, shownFields, tidySection } from '@rnoce/schemas/sections';

export type Sections = { readonly [S in Section]: SectionsDraft[S] };
type Fields = Readonly<Record<string, FieldRule>>;
type Values = Readonly<Record<string, unknown>>;

/** Empty, and a box that isn't ticked, say nothing. */
const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  (typeof value === 'string' && value.trim() === '');

const told = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      saysNothing(value) ? [] : [[name, typeof value === 'string' ? value.trim() : value]],
    ),
  );

/**
 * A section in one form whatever was typed: two sections say the same thing when their canonical texts are equal. Spaces, case,
 * empty fields, hidden fields and empty managers make no difference.
 */
export function canonical(section: Section, context: FormContext, data: SectionsDraft[Section]): string {
  const tidied = tidySection<Section>(section, context, data);
  if (section === 'company') return JSON.stringify(told(tidied as Values));
  const managers = (tidied as readonly Values[]).map(told);
  return JSON.stringify(managers.filter((manager) => Object.keys(manager).length > 0));
}

const emptyToNull = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

const kept = (fields: Fields, values: Values, names: readonly string[]): Values =>
  Object.fromEntries(
    Object.keys(fields)
      .filter((name) => names.includes(name))
      .map((name) => [name, emptyToNull(values[name])]),
  );

/** What a form holds, as a draft keeps it: fields that this form must not have or doesn't show are left out. */
export function sectionOf<S extends Section>(
  section: S,
  context: FormContext,
  typed: unknown,
): SectionsDraft[S] {
  if (section === 'company') {
    const values = typed as Values;
    return kept(companyFields, values, shownFields(companyFields, context, values)) as SectionsDraft[S];
  }
  return (typed as readonly Values[]).map((manager) =>
    kept(managerFields, manager, Object.keys(managerFields)),
  ) as SectionsDraft[S];
}

const nullToEmpty = (fields: Fields, values: Values): Values =>
  Object.fromEntries(
    Object.entries(fields).map(([name, rule]) => [
      name,
      rule.kind === 'boolean' ? values[name] === true : (values[name] ?? ''),
    ]),
  );

/** A company section as its form holds it: an empty text for what isn't there. */
export const companyFormValues = (data: SectionsDraft['company']): Values => nullToEmpty(companyFields, data);

/** The managers as their form holds them; one empty manager when there is none yet. */
export const managersFormValues = (data: SectionsDraft['managers']): Values[] =>
  (data.length === 0 ? [{}] : data).map((manager) => nullToEmpty(managerFields, manager));

type Versions = Readonly<Record<'base' | 'mine' | 'theirs', SectionsDraft[Section]>>;

/**
 * Puts together what was typed here (`mine`) and what the server holds now (`theirs`), both come from `base`. The company is
 * compared field by field; the managers as a whole. Undefined when both sides changed the same thing.
 */
export function mergeSections(
  section: Section,
  context: FormContext,
  { base, mine, theirs }: Versions,
): SectionsDraft[Section] | undefined {
  if (section === 'managers') {
    const [before, here, there] = [base, mine, theirs].map((data) => canonical(section, context, data));
    if (there === before || there === here) return mine;
    return here === before ? theirs : undefined;
  }
  const merged: Record<string, unknown> = {};
  const [before, here, there] = [base, mine, theirs].map((data) =>
    told(tidySection('company', context, data as SectionsDraft['company']) as Values),
  );
  for (const name of Object.keys(companyFields)) {
    const [was, isHere, isThere] = [before?.[name], here?.[name], there?.[name]];
    if (isHere !== isThere && isHere !== was && isThere !== was) return undefined;
    merged[name] = emptyToNull(((isHere === was ? theirs : mine) as Values)[name]);
  }
  return sectionOf('company', context, merged);
}

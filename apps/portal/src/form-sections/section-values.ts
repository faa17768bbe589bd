/** A section as it is kept, as it is compared and as its form holds it. Which fields and which lists there are, the rule tables say. */
import type { FieldRule, FormContext } from '@rnoce/schemas/fields';
import {
  isListSection,
  type ListSection,
  type Section,
  type SectionsDraft,
  type SectionsView,
  sectionRule,
  sections,
  shownFields,
  tidySection,
} from '@rnoce/schemas/sections';

export type Sections = { readonly [S in Section]: SectionsDraft[S] };
type Fields = Readonly<Record<string, FieldRule>>;
export type Values = Readonly<Record<string, unknown>>;
/** A manager, a user or a contact: `key` tells it from the others while the list changes, and in the form's other sections. */
export type Item = Values & { readonly key: string };

/** Items kept before lists had keys are told apart by their place. */
const keyed = (items: readonly Values[]): Item[] =>
  items.map((item, index) => ({
    ...item,
    key: typeof item.key === 'string' && item.key !== '' ? item.key : `item-${index + 1}`,
  }));

/** Every section of a form, an empty one where nothing was saved, the items of lists with their keys. */
export const completeSections = (kept: Partial<SectionsView>): Sections =>
  Object.fromEntries(
    sections.map((section) => [
      section,
      isListSection(section) ? keyed(kept[section] ?? []) : (kept[section] ?? {}),
    ]),
  ) as unknown as Sections;

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

/** What one set of fields says, whatever the way of writing it; an item of a list with its key. */
function said(section: Section, context: FormContext, values: Values): Values {
  if (!isListSection(section)) return told(tidySection<Section>(section, context, values) as Values);
  const [item = {}] = tidySection<Section>(section, context, [values]) as readonly Values[];
  return told(item);
}

/** Whether an item holds something beside its key. */
export const isTold = (item: Values): boolean => Object.keys(told(item)).some((name) => name !== 'key');

/**
 * A section in one form whatever was typed: two sections say the same thing when their canonical texts are equal. Spaces, case,
 * empty fields, hidden fields and empty items make no difference.
 */
export function canonical(section: Section, context: FormContext, data: SectionsDraft[Section]): string {
  if (!isListSection(section)) return JSON.stringify(said(section, context, data as Values));
  const items = keyed(data as readonly Values[]).map((item) => said(section, context, item));
  return JSON.stringify(items.filter(isTold));
}

const emptyToNull = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

/** What a form holds, as a draft keeps it: fields that this form must not have or doesn't show are left out. */
export function sectionOf<S extends Section>(
  section: S,
  context: FormContext,
  typed: unknown,
): SectionsDraft[S] {
  const { fields } = sectionRule(section);
  const kept = (values: Values): Values =>
    Object.fromEntries(shownFields(fields, context, values).map((name) => [name, emptyToNull(values[name])]));
  if (!isListSection(section)) return kept(typed as Values) as SectionsDraft[S];
  const items = keyed(typed as readonly Values[]);
  return items.map((item) => ({ key: item.key, ...kept(item) })) as SectionsDraft[S];
}

const nullToEmpty = (fields: Fields, values: Values): Values =>
  Object.fromEntries(
    Object.entries(fields).map(([name, rule]) => [
      name,
      rule.kind === 'boolean' ? values[name] === true : (values[name] ?? ''),
    ]),
  );

/** A new item of a list, as its form holds it. */
export const emptyItem = (section: ListSection): Item => ({
  ...nullToEmpty(sectionRule(section).fields, {}),
  key: crypto.randomUUID(),
});

/** A section as its form holds it: an empty text for what isn't there; a list under its name, with one empty item when it has none yet. */
export function formValues(section: Section, data: SectionsDraft[Section]): Record<string, unknown> {
  const { fields } = sectionRule(section);
  if (!isListSection(section)) return { ...nullToEmpty(fields, data as Values) };
  const items = keyed(data as readonly Values[]).map((item) => ({
    ...nullToEmpty(fields, item),
    key: item.key,
  }));
  return { [section]: items.length === 0 ? [emptyItem(section)] : items };
}

/** The items that a list's form holds. A field left just as its card goes away can write itself back, alone and without a key: that is none. */
export const itemsOf = (section: ListSection, values: Values): Item[] =>
  (values[section] as readonly Partial<Item>[]).filter((item): item is Item => item.key !== undefined);

/** What `sectionOf` reads in a form's values. */
export const typedOf = (section: Section, values: Values): unknown =>
  isListSection(section) ? itemsOf(section, values) : values;

type Side = 'base' | 'mine' | 'theirs';

/** One set of fields, field by field. */
function mergeFields(
  section: Section,
  context: FormContext,
  { base, mine, theirs }: Readonly<Record<Side, Values>>,
): Values | undefined {
  const merged: Record<string, unknown> = {};
  const [before, here, there] = [base, mine, theirs].map((values) => said(section, context, values));
  for (const name of Object.keys(sectionRule(section).fields)) {
    const [was, isHere, isThere] = [before?.[name], here?.[name], there?.[name]];
    if (isHere !== isThere && isHere !== was && isThere !== was) return undefined;
    merged[name] = (isHere === was ? theirs : mine)[name];
  }
  return merged;
}

/** A list, item by item: what was taken out on one side stays out, unless the other side has changed it meanwhile. */
function mergeItems(
  section: ListSection,
  context: FormContext,
  lists: Readonly<Record<Side, readonly Values[]>>,
): Values[] | undefined {
  const byKey = (items: readonly Values[]) => new Map(keyed(items).map((item) => [item.key, item]));
  const [before, here, there] = [byKey(lists.base), byKey(lists.mine), byKey(lists.theirs)];
  const textOf = (item: Values) => JSON.stringify(said(section, context, item));
  const merged: Values[] = [];
  for (const key of new Set([...there.keys(), ...here.keys()])) {
    const [base, mine, theirs] = [before.get(key), here.get(key), there.get(key)];
    if (mine && theirs) {
      const item = mergeFields(section, context, { base: base ?? {}, mine, theirs });
      if (!item) return undefined;
      merged.push({ ...item, key });
      continue;
    }
    const left = mine ?? theirs;
    if (!left) continue;
    if (!base) merged.push(left);
    else if (textOf(base) !== textOf(left)) return undefined;
  }
  const { max } = sectionRule(section);
  return max !== undefined && merged.length > max ? undefined : merged;
}

type Versions = Readonly<Record<Side, SectionsDraft[Section]>>;

/**
 * Puts together what was typed here (`mine`) and what the server holds now (`theirs`), both come from `base`: field by field, in a
 * list item by item. Undefined when both sides changed the same thing.
 */
export function mergeSections(
  section: Section,
  context: FormContext,
  versions: Versions,
): SectionsDraft[Section] | undefined {
  const merged = isListSection(section)
    ? mergeItems(section, context, versions as Readonly<Record<Side, readonly Values[]>>)
    : mergeFields(section, context, versions as Readonly<Record<Side, Values>>);
  return merged && sectionOf(section, context, merged);
}

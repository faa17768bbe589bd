import { randomUUID } from 'node:crypto';
import { isListSection, type Section, type SectionsDraft, sectionRule, sections } from '@rnoce/schemas';

type Item = Readonly<Record<string, unknown>>;
type Keyed = Item & { readonly key: string };

const keyOf = ({ key }: Item): string | undefined =>
  typeof key === 'string' && key !== '' ? key : undefined;

/** By what an item is known without its key: the field that no two of them share, or else all that it says. Empty: not known. */
function nameOf(section: Section, item: Item): string {
  const { distinct, fields } = sectionRule(section);
  if (!distinct) return JSON.stringify(Object.keys(fields).map((field) => item[field] ?? ''));
  const value = item[distinct.field];
  return typeof value === 'string' && value !== '' ? distinct.of(item) : '';
}

/**
 * Gives each item of a list its own key. One that came without takes that of the kept item which says the same in the field that tells
 * them apart, so that a client which knows no keys changes none; a key that came twice stays the first one's.
 */
function withKeys(section: Section, items: readonly Item[], kept: readonly Item[]): Keyed[] {
  const taken = new Set(items.flatMap((item) => keyOf(item) ?? []));
  const given = new Set<string>();
  const claim = (key: string): string => {
    taken.add(key);
    given.add(key);
    return key;
  };
  const known = (item: Item): string | undefined => {
    const name = nameOf(section, item);
    if (name === '') return undefined;
    return kept
      .filter((one) => nameOf(section, one) === name)
      .map(keyOf)
      .find((key) => key !== undefined && !taken.has(key));
  };
  return items.map((item) => {
    const own = keyOf(item);
    const key = own !== undefined && !given.has(own) ? own : (known(item) ?? randomUUID());
    return { ...item, key: claim(key) };
  });
}

/** The same form with a key in every item of its lists. `kept`: the form as it stands, whose items keep theirs. */
export function keyItems(
  form: Partial<SectionsDraft>,
  kept: Partial<SectionsDraft> = {},
): Partial<SectionsDraft> {
  const keyed = sections.filter(isListSection).flatMap((section) => {
    const items: readonly Item[] | undefined = form[section];
    return items ? [[section, withKeys(section, items, kept[section] ?? [])]] : [];
  });
  return { ...form, ...Object.fromEntries(keyed) };
}

import {
  type FormContext,
  isListSection,
  type ListSection,
  type OpenReason,
  type Reason,
  Section,
  type SectionsDraft,
  sectionRule,
  sectionsOf,
} from '@rnoce/schemas';

/** A form as it stands, or as it was sent and judged: its sections, and the ids of the versions of its documents. */
export interface FormContent {
  readonly sections: Partial<SectionsDraft>;
  readonly documentVersions: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;
type Asked = Pick<FormContext, 'operatorType' | 'authorities'>;

/** A form as it was judged by an authority, beside the form as it stands. */
interface Comparison {
  readonly judged: FormContent;
  readonly standing: FormContent;
  readonly asked: Asked;
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';
const isSame = (one: unknown, other: unknown): boolean =>
  isEmpty(one) ? isEmpty(other) : JSON.stringify(one) === JSON.stringify(other);

/** Whether two say the same in each field that these authorities ask of the section. */
const isSameIn = (section: Section, asked: Asked, one: Values = {}, other: Values = {}): boolean =>
  Object.entries(sectionRule(section).fields)
    .filter(([, rule]) => rule.belongs?.(asked) !== false)
    .every(([name]) => isSame(one[name], other[name]));

const itemsOf = (section: ListSection, { sections }: FormContent): readonly Values[] =>
  sections[section] ?? [];

/**
 * An item of a list is found again by its key, or by what tells the items apart: it stays the same one in another place of the list. A
 * list of before items had keys is compared by place.
 */
function isSameItem(section: ListSection, before: Values, now: Values, isSamePlace: boolean): boolean {
  const { distinct } = sectionRule(section);
  if (distinct && !isEmpty(before[distinct.field]) && distinct.of(before) === distinct.of(now)) return true;
  return isEmpty(before.key) || isEmpty(now.key) ? isSamePlace : before.key === now.key;
}

/** What a field's reason is about in the form as it stands, and whether that has changed. */
interface Standing {
  readonly field: string;
  readonly changed: boolean;
}

/**
 * Where the item of a list that was judged stands now, so that the mark follows it and doesn't stay on whoever took its place. Of an item that
 * was taken out, the list as a whole.
 */
function findItem(
  section: ListSection,
  [place, inner]: readonly [string, string | undefined],
  { judged, standing, asked }: Comparison,
): Standing {
  const index = Number(place);
  const before = itemsOf(section, judged)[index] ?? {};
  const found = itemsOf(section, standing).flatMap((now, at) => {
    if (!isSameItem(section, before, now, at === index)) return [];
    const same =
      inner === undefined ? isSameIn(section, asked, before, now) : isSame(before[inner], now[inner]);
    const field = [section, at, inner].filter((part) => part !== undefined).join('.');
    return [{ field, changed: !same, isOwn: !isEmpty(now.key) && now.key === before.key }];
  });
  const now = found.find(({ changed }) => !changed) ?? found.find(({ isOwn }) => isOwn) ?? found[0];
  return now ? { field: now.field, changed: now.changed } : { field: section, changed: true };
}

function findField(field: string, comparison: Comparison): Standing {
  const [place, first = '', inner] = field.split('.');
  const section = Section.parse(place);
  if (isListSection(section)) return findItem(section, [first, inner], comparison);
  const before: Values = comparison.judged.sections[section] ?? {};
  const now: Values = comparison.standing.sections[section] ?? {};
  return { field, changed: !isSame(before[first], now[first]) };
}

function isSectionChanged(
  section: Section,
  judged: FormContent,
  standing: FormContent,
  asked: Asked,
): boolean {
  if (!isListSection(section))
    return !isSameIn(section, asked, judged.sections[section], standing.sections[section]);
  const [before, now] = [itemsOf(section, judged), itemsOf(section, standing)];
  return (
    before.length !== now.length || !before.every((item, index) => isSameIn(section, asked, item, now[index]))
  );
}

const isAnythingChanged = (judged: FormContent, standing: FormContent, asked: Asked): boolean =>
  sectionsOf(asked).some((section) => isSectionChanged(section, judged, standing, asked)) ||
  !isSame(judged.documentVersions.toSorted(), standing.documentVersions.toSorted());

/**
 * Tells of each reason whether what it is about has changed since the form was judged, and where that stands in the form now. `asked` says
 * which authority judged, of which form; `currentOf` gives the id of the version of a document that stands, undefined when there is none.
 */
export function tellChanges(
  reasons: readonly Reason[],
  judged: FormContent,
  standing: FormContent,
  asked: Asked,
  currentOf: (document: string) => string | undefined,
): OpenReason[] {
  const told = reasons.map((reason): OpenReason => {
    const { about } = reason;
    if (!about) return { ...reason, changed: isAnythingChanged(judged, standing, asked) };
    if ('field' in about) {
      const { field, changed } = findField(about.field, { judged, standing, asked });
      return { ...reason, about: { field }, changed };
    }
    const current = currentOf(about.document);
    return { ...reason, changed: current === undefined || !judged.documentVersions.includes(current) };
  });
  // Several fields of an item that was taken out may have been refused for one and the same reason.
  return [...new Map(told.map((reason) => [JSON.stringify(reason), reason])).values()];
}

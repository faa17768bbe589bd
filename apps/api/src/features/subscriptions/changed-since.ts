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

function isFieldChanged(field: string, judged: FormContent, standing: FormContent, asked: Asked): boolean {
  const [place, first = '', inner] = field.split('.');
  const section = Section.parse(place);
  if (!isListSection(section)) {
    const before: Values = judged.sections[section] ?? {};
    const now: Values = standing.sections[section] ?? {};
    return !isSame(before[first], now[first]);
  }
  const index = Number(first);
  const before = itemsOf(section, judged)[index] ?? {};
  return !itemsOf(section, standing).some(
    (now, at) =>
      isSameItem(section, before, now, at === index) &&
      (inner === undefined ? isSameIn(section, asked, before, now) : isSame(before[inner], now[inner])),
  );
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
 * Tells of each reason whether what it is about has changed since the form was judged. `asked` says which authority judged, of which form;
 * `currentOf` gives the id of the version of a document that stands, undefined when there is none.
 */
export function tellChanges(
  reasons: readonly Reason[],
  judged: FormContent,
  standing: FormContent,
  asked: Asked,
  currentOf: (document: string) => string | undefined,
): OpenReason[] {
  const isChanged = ({ about }: Reason): boolean => {
    if (!about) return isAnythingChanged(judged, standing, asked);
    if ('field' in about) return isFieldChanged(about.field, judged, standing, asked);
    const current = currentOf(about.document);
    return current === undefined || !judged.documentVersions.includes(current);
  };
  return reasons.map((reason) => ({ ...reason, changed: isChanged(reason) }));
}

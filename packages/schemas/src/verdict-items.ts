/** What an agent judges in a dossier: its documents, and the form's fields by section; for the API and the back office alike. */
import type { DocumentName } from './documents.ts';
import type { FieldRule, FormContext } from './fields.ts';
import type { VerdictItem } from './filings.ts';
import type { Authority, OperatorType } from './operator-types.ts';
import {
  isListSection,
  type ListSection,
  type Section,
  type SectionsView,
  sectionRule,
  sectionsOf,
  shownFields,
} from './sections.ts';

type Values = Readonly<Record<string, unknown>>;

export interface VerdictPart {
  readonly part: 'documents' | Section;
  readonly items: readonly VerdictItem[];
}

/** The lists of people who are accepted or refused as a whole too, and not only by what is said of them. */
const judgedWhole: readonly ListSection[] = ['singleWindowUsers', 'contacts'];

/**
 * Everything that a verdict on a dossier can be about, in the order in which it is read: what is asked by its own authority. What the
 * verification step fixed is left out: nobody could correct it, so that it is said of the whole dossier.
 */
export function verdictParts({
  operatorType,
  authority,
  sections,
  documents,
}: {
  operatorType: OperatorType;
  authority: Authority;
  sections: SectionsView;
  documents: readonly { readonly document: DocumentName }[];
}): VerdictPart[] {
  // Which fields a form has depends neither on the day nor on the lists.
  const context: FormContext = {
    operatorType,
    authorities: [authority],
    today: '',
    has: () => true,
    ribCodes: () => [],
  };
  const itemsOf = (section: Section): VerdictItem[] => {
    const { fields }: { fields: Readonly<Record<string, FieldRule>> } = sectionRule(section);
    const paths = (place: string, values: Values) =>
      shownFields(fields, context, values)
        .filter((name) => !fields[name]?.fixed)
        .map((name) => `${place}.${name}`);
    if (!isListSection(section)) return paths(section, sections[section] ?? {});
    return (sections[section] ?? []).flatMap((values, index) => {
      const place = `${section}.${String(index)}`;
      return judgedWhole.includes(section) ? [place, ...paths(place, values)] : paths(place, values);
    });
  };
  return [
    { part: 'documents', items: documents.map(({ document }): VerdictItem => `documents.${document}`) },
    ...sectionsOf(context).map((section) => ({ part: section, items: itemsOf(section) })),
  ];
}

/** The item of a list that a field of it belongs to, `singleWindowUsers.0.email` → `singleWindowUsers.0`; undefined for any other item. */
export function wholeOf(item: VerdictItem): VerdictItem | undefined {
  const [section = '', index = '', field] = item.split('.');
  return field === undefined ? undefined : `${section}.${index}`;
}

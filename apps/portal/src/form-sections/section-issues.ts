/** From the places that judgements name (`/company/ice`, `/0/lastName`) to the fields of the forms (`ice`, `managers.0.lastName`), and back. */
import type { FormContext } from '@rnoce/schemas/fields';
import type { Issue, Warning } from '@rnoce/schemas/issues';
import {
  isListSection,
  judgeSection,
  Section,
  type SectionsDraft,
  sectionRule,
  sectionsOf,
} from '@rnoce/schemas/sections';
import type { Values } from './section-values.ts';

/** The field of a step's form that a place of the whole form leads to: `company.ice` → `ice`, `managers.0.lastName` as it is. */
export function fieldOfElement(element: string): string {
  const [first = ''] = element.split('.');
  const section = Section.safeParse(first).data;
  return section === undefined || isListSection(section) ? element : element.slice(first.length + 1);
}

/** A pointer as the addresses of steps name it (`?element=`): `/managers/0/lastName` → `managers.0.lastName`. */
export const elementOf = (pointer: string): string => pointer.split('/').slice(1).join('.');

/**
 * What is wrong and what is doubtful in a section, by pointers into its form's values. `others` are the sections that it may speak of:
 * the legal representative is one of the managers.
 */
export function judgeValues<S extends Section>(
  section: S,
  context: FormContext,
  data: SectionsDraft[S],
  others: Partial<SectionsDraft> = {},
): { issues: Issue[]; warnings: Warning[] } {
  const { issues, warnings } = judgeSection(section, context, data, others);
  const prefix = isListSection(section) ? `/${section}` : '';
  return {
    issues: issues.map((issue) => ({ ...issue, pointer: prefix + issue.pointer })),
    warnings: warnings.map((warning) => ({ ...warning, pointer: prefix + warning.pointer })),
  };
}

/** The warning at each field, by the field's name in its form. */
export const warningsByField = (warnings: readonly Warning[]): ReadonlyMap<string, Warning> =>
  new Map(warnings.map((warning) => [warning.pointer.slice(1).replaceAll('/', '.'), warning]));

/** Every warning of a form, by its element: `bankAccount.rib`, `managers.0.idNumber`. */
export const doubtsOf = (
  context: FormContext,
  sections: Partial<SectionsDraft>,
): ReadonlyMap<string, Warning> =>
  new Map(
    sectionsOf(context).flatMap((section) =>
      judgeSection(section, context, sections[section], sections).warnings.map((warning) => [
        section + warning.pointer.replaceAll('/', '.'),
        warning,
      ]),
    ),
  );

/** For each item of a list, the places of the others that say the same in the field which must tell them apart. */
export function repeatedItems(section: Section, items: readonly Values[]): readonly (readonly number[])[] {
  const { distinct } = sectionRule(section);
  if (!distinct) return items.map(() => []);
  const said = items.map((item) => {
    const value = item[distinct.field];
    return typeof value === 'string' && value.trim() !== '' ? distinct.of(item) : undefined;
  });
  return said.map((one, index) =>
    one === undefined
      ? []
      : said.flatMap((other, place) => (place !== index && other === one ? [place] : [])),
  );
}

/** From the places that judgements name (`/company/ice`, `/0/lastName`) to the fields of the forms (`ice`, `managers.0.lastName`), and back. */
import type { FormContext } from '@rnoce/schemas/fields';
import type { Issue, Warning } from '@rnoce/schemas/issues';
import { judgeSection, type Section, type SectionsDraft } from '@rnoce/schemas/sections';

/** The field of a step's form that a place of the whole form leads to: `company.ice` → `ice`, `managers.0.lastName` as it is. */
export const fieldOfElement = (element: string): string =>
  element.startsWith('company.') ? element.slice('company.'.length) : element;

/** A pointer as the addresses of steps name it (`?element=`): `/managers/0/lastName` → `managers.0.lastName`. */
export const elementOf = (pointer: string): string => pointer.split('/').slice(1).join('.');

/** What is wrong and what is doubtful in a section, by pointers into its form's values. */
export function judgeValues<S extends Section>(
  section: S,
  context: FormContext,
  data: SectionsDraft[S],
): { issues: Issue[]; warnings: Warning[] } {
  const { issues, warnings } = judgeSection(section, context, data);
  const prefix = section === 'company' ? '' : `/${section}`;
  return {
    issues: issues.map((issue) => ({ ...issue, pointer: prefix + issue.pointer })),
    warnings: warnings.map((warning) => ({ ...warning, pointer: prefix + warning.pointer })),
  };
}

/** The warning at each field, by the field's name in its form. */
export const warningsByField = (warnings: readonly Warning[]): ReadonlyMap<string, Warning> =>
  new Map(warnings.map((warning) => [warning.pointer.slice(1).replaceAll('/', '.'), warning]));

/** Which authorities an issue of a form concerns. */
import { DocumentName, documentAuthority } from './documents.ts';
import type { FieldRule, FormContext } from './fields.ts';
import type { Authority } from './operator-types.ts';
import { isListSection, Section, sectionRule } from './sections.ts';

/**
 * Whether what is at this pointer (`/company/ice`, `/contacts/0/email`, `/documents/contract`) is asked by one of these authorities. What
 * no authority of the form asks concerns each of them: it is in the way of all.
 */
export function concernsAuthorities(
  pointer: string,
  some: readonly Authority[],
  context: FormContext,
): boolean {
  const isOthers = (authority: Authority | undefined): boolean =>
    authority !== undefined && context.authorities.includes(authority) && !some.includes(authority);
  const [, part, ...path] = pointer.split('/');
  if (part === 'documents') {
    const name = DocumentName.safeParse(path[0]).data;
    return name === undefined || !isOthers(documentAuthority(name));
  }
  const section = Section.safeParse(part).data;
  if (!section) return true;
  const rule = sectionRule(section);
  if (isOthers(rule.authority)) return false;
  const field: FieldRule | undefined = rule.fields[path[isListSection(section) ? 1 : 0] ?? ''];
  return !field?.belongs?.(context) || field.belongs({ ...context, authorities: some });
}

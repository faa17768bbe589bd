/** Puts what an update changes back to what BADR holds, one value at a time. */
import type { RecordChange, UpdatedSections } from '@rnoce/schemas/customs-request-rules';
import type { FormContext } from '@rnoce/schemas/fields';
import type { ManagerDraft, ManagersDraft } from '@rnoce/schemas/managers';
import { type SectionsDraft, sectionRule, shownFields } from '@rnoce/schemas/sections';

type Company = SectionsDraft['company'];
type Values = Readonly<Record<string, unknown>>;

/** The company with one field as it was; with it the fields that it brings back on the screen, which would stand empty otherwise. */
export function companyPutBack(
  field: string,
  before: Company,
  company: Company,
  context: FormContext,
): Company {
  const { fields } = sectionRule('company');
  const earlier = (name: string): Values => ({ [name]: (before as Values)[name] ?? null });
  const now: Values = { ...company, ...earlier(field) };
  const shownNow = shownFields(fields, context, company);
  const broughtBack = shownFields(fields, context, now).filter((name) => !shownNow.includes(name));
  return broughtBack.reduce<Values>((values, name) => ({ ...values, ...earlier(name) }), now);
}

/** The managers with one of them as they were: taken out when they were added, back at their place when they were taken out. */
export function managerPutBack(key: string, before: ManagersDraft, managers: ManagersDraft): ManagersDraft {
  const was = before.find((manager) => manager.key === key);
  if (!was) return managers.filter((manager) => manager.key !== key);
  if (managers.some((manager) => manager.key === key))
    return managers.map((manager) => (manager.key === key ? was : manager));
  const place = before.indexOf(was);
  const earlier = new Set(before.slice(0, place).map((manager) => manager.key));
  const after = managers.findLastIndex((manager) => earlier.has(manager.key));
  return managers.toSpliced(after + 1, 0, was);
}

/** The managers with one field of one of them as it was. */
export const managerFieldPutBack = (
  key: string,
  field: keyof ManagerDraft,
  before: ManagersDraft,
  managers: ManagersDraft,
): ManagersDraft => {
  const was = before.find((manager) => manager.key === key);
  return managers.map((manager) =>
    manager.key === key ? { ...manager, [field]: was?.[field] ?? null } : manager,
  );
};

/** The section that a change is in, as it would be without it. */
export function changePutBack(
  { item }: Pick<RecordChange, 'item'>,
  before: UpdatedSections,
  sections: Required<UpdatedSections>,
  context: FormContext,
): { section: 'company'; data: Company } | { section: 'managers'; data: ManagersDraft } {
  const [section, name = ''] = item.split('.');
  return section === 'managers'
    ? {
        section: 'managers',
        data: managerPutBack(name, before.managers ?? [], sections.managers),
      }
    : {
        section: 'company',
        data: companyPutBack(name, before.company ?? {}, sections.company, context),
      };
}

import {
  companyFields,
  type DocumentName,
  type Dossier,
  type FormContext,
  type Issue,
  itemOf,
  managerFields,
  pointerOf,
  type Reason,
  shownFields,
} from '@rnoce/schemas';
import type { Sent } from './filings.presenter.ts';

/** Everything in a dossier that a verdict can be about: its documents, and the fields that its form has. */
export function verdictItems(
  form: Pick<FormContext, 'operatorType' | 'authorities'>,
  { sections, documents }: Sent,
): Set<string> {
  // Which fields a form has depends neither on the day nor on the lists.
  const context: FormContext = { ...form, today: '', has: () => true, ribCodes: () => [] };
  const company: NonNullable<Dossier['sections']['company']> = sections.company ?? {};
  const fields = shownFields(companyFields, context, company).map((name) => `company.${name}`);
  const managers = (sections.managers ?? []).flatMap((_, index) =>
    Object.keys(managerFields).map((name) => `managers.${String(index)}.${name}`),
  );
  return new Set([
    ...documents.map(({ version }) => `documents.${version.document}`),
    ...fields,
    ...managers,
  ]);
}

/** Reasons about what the dossier doesn't have, with pointers into the body. */
export function reasonIssues(reasons: readonly Reason[], items: ReadonlySet<string>): Issue[] {
  return reasons.flatMap((reason, index): Issue[] => {
    const item = itemOf(reason);
    if (item === undefined || items.has(item)) return [];
    const part = reason.about && 'document' in reason.about ? 'document' : 'field';
    return [{ pointer: pointerOf(['reasons', index, 'about', part]), code: 'not_in_list' }];
  });
}

/** The documents that the reasons are about. */
export const refusedDocuments = (reasons: readonly Reason[]): Set<DocumentName> =>
  new Set(reasons.flatMap(({ about }) => (about && 'document' in about ? [about.document] : [])));

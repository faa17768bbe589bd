/** The documents of the form as the screen shows them. */
import {
  type DocumentName,
  documentNames,
  documentRules,
  documentsOf,
  isPlainDocument,
} from '@rnoce/schemas/documents';
import type { FormContext } from '@rnoce/schemas/fields';
import { EntityType } from '@rnoce/schemas/operator-types';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import type { Refusal } from '../../form-sections/refusals.ts';
import { type DocumentRow, mustReplace } from '../../uploads/document-desk.ts';

/** The documents that stand in the draft, as the rules judge them; a signed contract of older data is told by the server, which knows what they make. */
export const givenDocuments = ({
  documents,
  progress,
}: Pick<Subscription, 'documents' | 'progress'>): {
  document: DocumentName;
  mustReplace: boolean;
  outdated: boolean;
}[] => {
  const outdated = new Set(
    progress.issues.filter(({ code }) => code === 'contract_outdated').map(({ pointer }) => pointer),
  );
  return documents.flatMap(({ document, current }) =>
    current
      ? [{ document, mustReplace: mustReplace(current), outdated: outdated.has(`/documents/${document}`) }]
      : [],
  );
};

/** One document of the form, as it stands there. */
function rowOf(
  document: DocumentName,
  belongs: boolean,
  documents: Subscription['documents'],
  refusals: readonly Refusal[],
): DocumentRow {
  const current = documents.find((one) => one.document === document)?.current ?? undefined;
  return {
    document,
    required: belongs && documentRules[document].required,
    belongs,
    current,
    mustReplace: current !== undefined && mustReplace(current),
    refusals: refusals.filter(({ element }) => element === `documents.${document}`),
  };
}

/** The signed contract, which has a step of its own. */
export const contractRow = (
  documents: Subscription['documents'],
  refusals: readonly Refusal[],
): DocumentRow => rowOf('contract', true, documents, refusals);

/**
 * The documents of the step « Documents » to show, by what the form says now (the entity type may have just changed): the refused ones first, those to be
 * taken out next, then the others in the order of the form.
 */
export function documentRows(
  context: FormContext,
  entityType: unknown,
  documents: Subscription['documents'],
  refusals: readonly Refusal[],
): DocumentRow[] {
  const asked = documentsOf({ ...context, entityType: EntityType.safeParse(entityType).data });
  const rows = documentNames.filter(isPlainDocument).flatMap((document): DocumentRow[] => {
    const row = rowOf(document, asked.includes(document), documents, refusals);
    return row.belongs || row.current ? [row] : [];
  });
  const rank = (row: DocumentRow) => (row.mustReplace ? 0 : row.belongs ? 2 : 1);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

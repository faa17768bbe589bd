/** The documents of the form as the screen shows them. */
import { type DocumentName, documentNames, documentRules, documentsOf } from '@rnoce/schemas/documents';
import type { FormContext } from '@rnoce/schemas/fields';
import { EntityType } from '@rnoce/schemas/operator-types';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import type { Refusal } from './reasons.ts';

type Version = NonNullable<Subscription['documents'][number]['current']>;

export interface DocumentRow {
  readonly document: DocumentName;
  readonly required: boolean;
  /** Not asked any more of this operator, but still there: to be taken out. */
  readonly belongs: boolean;
  readonly current: Version | undefined;
  /** Refused by an agent, or by the antivirus, and not given again yet. */
  readonly mustReplace: boolean;
  readonly refusals: readonly Refusal[];
}

/** Whether this version must be given again: an agent refused it, or the antivirus found a threat in it. */
export const mustReplace = ({ verdict, scan }: Pick<Version, 'verdict' | 'scan'>): boolean =>
  verdict === 'refused' || scan === 'infected';

/** The documents that stand in the draft, as the rules judge them. */
export const givenDocuments = (
  documents: Subscription['documents'],
): { document: DocumentName; mustReplace: boolean }[] =>
  documents.flatMap(({ document, current }) =>
    current ? [{ document, mustReplace: mustReplace(current) }] : [],
  );

/**
 * The documents to show, by what the form says now (the entity type may have just changed): the refused ones first, those to be
 * taken out next, then the others in the order of the form.
 */
export function documentRows(
  context: FormContext,
  entityType: unknown,
  documents: Subscription['documents'],
  refusals: readonly Refusal[],
): DocumentRow[] {
  const asked = documentsOf({ ...context, entityType: EntityType.safeParse(entityType).data });
  const rows = documentNames.flatMap((document): DocumentRow[] => {
    const current = documents.find((one) => one.document === document)?.current ?? undefined;
    const belongs = asked.includes(document);
    if (!belongs && !current) return [];
    return [
      {
        document,
        required: belongs && documentRules[document].required,
        belongs,
        current,
        mustReplace: current !== undefined && mustReplace(current),
        refusals: refusals.filter(({ element }) => element === `documents.${document}`),
      },
    ];
  });
  const rank = (row: DocumentRow) => (row.mustReplace ? 0 : row.belongs ? 2 : 1);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

import {
  type DocumentName,
  type Issue,
  itemOf,
  pointerOf,
  type Reason,
  type VerdictDraft,
  verdictParts,
} from '@rnoce/schemas';
import type { Sent } from './filings.presenter.ts';
import type { FilingRecord } from './filings.transitions.ts';

/** Everything in a dossier that a verdict can be about: its documents, the fields that its authority asks, the people in its lists. */
export const verdictItems = (
  { operatorType, authority }: Pick<FilingRecord, 'operatorType' | 'authority'>,
  { sections, documents }: Sent,
): Set<string> =>
  new Set(
    verdictParts({
      operatorType,
      authority,
      sections,
      documents: documents.map(({ version }) => version),
    }).flatMap(({ items }) => items),
  );

/** Reasons about what the dossier doesn't have, with pointers into the body. */
export function reasonIssues(reasons: readonly Reason[], items: ReadonlySet<string>): Issue[] {
  return reasons.flatMap((reason, index): Issue[] => {
    const item = itemOf(reason);
    if (item === undefined || items.has(item)) return [];
    const part = reason.about && 'document' in reason.about ? 'document' : 'field';
    return [{ pointer: pointerOf(['reasons', index, 'about', part]), code: 'not_in_list' }];
  });
}

/** A kept verdict as far as it is about what the dossier has: the rules may be newer than it, and would refuse to keep the rest again. */
export const standingVerdict = (
  { accepted, reasons }: VerdictDraft,
  items: ReadonlySet<string>,
): VerdictDraft => ({
  accepted: accepted.filter((item) => items.has(item)),
  reasons: reasons.filter((reason) => items.has(itemOf(reason) ?? '') || reason.about === undefined),
});

/** The documents that the reasons are about. */
export const refusedDocuments = (reasons: readonly Reason[]): Set<DocumentName> =>
  new Set(reasons.flatMap(({ about }) => (about && 'document' in about ? [about.document] : [])));

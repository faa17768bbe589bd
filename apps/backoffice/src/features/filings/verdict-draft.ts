import { companyFields } from '@rnoce/schemas/company';
import {
  type Dossier,
  itemOf,
  type Reason,
  type VerdictDraft,
  type VerdictItem,
} from '@rnoce/schemas/filings';
import { managerFields } from '@rnoce/schemas/managers';
import { shownFields } from '@rnoce/schemas/sections';

export type Section = 'documents' | 'company' | 'managers';
export type ItemState = 'todo' | 'accepted' | 'refused';
export type Verdict = VerdictDraft;

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Everything to judge in a dossier, in the order in which it is read: the documents, then the form. */
export function itemsOf({ operatorType, sections, documents }: Dossier): Record<Section, VerdictItem[]> {
  const company: Readonly<Record<string, unknown>> = sections.company ?? {};
  const context = { operatorType, authorities: ['customs'], today: '', has: () => true } as const;
  const shown = new Set(shownFields(companyFields, context, company));
  return {
    documents: documents.map(({ document }): VerdictItem => `documents.${document}`),
    company: Object.keys(companyFields)
      // What only another authority asks for is there when it was filled in.
      .filter((name) => shown.has(name) || !isEmpty(company[name]))
      .map((name) => `company.${name}`),
    managers: (sections.managers ?? []).flatMap((_, index) =>
      Object.keys(managerFields).map((name) => `managers.${index}.${name}`),
    ),
  };
}

/** A reason that says why an item, or without one the whole dossier, is sent back. */
export function reasonAbout(item: VerdictItem | undefined, cause: Reason['cause'], text: string): Reason {
  const said = { cause, text: text.trim() };
  if (item === undefined) return said;
  const document = /^documents\.(.+)$/.exec(item)?.[1];
  if (document === undefined) return { about: { field: item }, ...said };
  return { about: { document: document as Dossier['documents'][number]['document'] }, ...said };
}

export const reasonsOf = ({ reasons }: Verdict, item: VerdictItem | undefined): Reason[] =>
  reasons.filter((reason) => itemOf(reason) === item);

export function stateOf(verdict: Verdict, item: VerdictItem): ItemState {
  if (reasonsOf(verdict, item).length > 0) return 'refused';
  return verdict.accepted.includes(item) ? 'accepted' : 'todo';
}

const without = ({ accepted, reasons }: Verdict, items: readonly VerdictItem[]): Verdict => ({
  accepted: accepted.filter((other) => !items.includes(other)),
  reasons: reasons.filter((reason) => {
    const item = itemOf(reason);
    return item === undefined || !items.includes(item);
  }),
});

/** Accepts items; what was said against them is taken back. */
export function accept(verdict: Verdict, items: readonly VerdictItem[]): Verdict {
  const rest = without(verdict, items);
  return { ...rest, accepted: [...rest.accepted, ...items] };
}

/** Refuses an item, in the place of what was said of it before. */
export function refuse(verdict: Verdict, item: VerdictItem, cause: Reason['cause'], text: string): Verdict {
  const rest = without(verdict, [item]);
  return { ...rest, reasons: [...rest.reasons, reasonAbout(item, cause, text)] };
}

/** Takes back what was said of an item. */
export const clear = (verdict: Verdict, item: VerdictItem): Verdict => without(verdict, [item]);

/** Adds a reason about the whole dossier. */
export const addGeneral = (verdict: Verdict, cause: Reason['cause'], text: string): Verdict => ({
  ...verdict,
  reasons: [...verdict.reasons, reasonAbout(undefined, cause, text)],
});

export const removeReason = (verdict: Verdict, reason: Reason): Verdict => ({
  ...verdict,
  reasons: verdict.reasons.filter((other) => other !== reason),
});

/** What two verdicts on a dossier say differently, in the order of `items`; undefined stands for the whole dossier. */
export function differencesOf(
  items: readonly VerdictItem[],
  mine: Verdict,
  theirs: Verdict,
): (VerdictItem | undefined)[] {
  const wordsOf = (verdict: Verdict, item: VerdictItem | undefined) =>
    JSON.stringify([
      item === undefined ? undefined : stateOf(verdict, item),
      reasonsOf(verdict, item).map(({ cause, text }) => [cause, text]),
    ]);
  return [...items, undefined].filter((item) => wordsOf(mine, item) !== wordsOf(theirs, item));
}

/** The next item to judge after this one, from the start again at the end; undefined once everything is judged. */
export function nextToJudge(
  items: readonly VerdictItem[],
  verdict: Verdict,
  after: VerdictItem,
): VerdictItem | undefined {
  const at = items.indexOf(after);
  const around = [...items.slice(at + 1), ...items.slice(0, at)];
  return around.find((item) => stateOf(verdict, item) === 'todo');
}

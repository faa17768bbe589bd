import {
  type Dossier,
  itemOf,
  type Reason,
  type VerdictDraft,
  type VerdictItem,
} from '@rnoce/schemas/filings';
import { type VerdictPart, verdictParts, wholeOf } from '@rnoce/schemas/verdict-items';
import type { ItemState } from '../../dossiers/item-verdict.tsx';

export type Verdict = VerdictDraft;

/** Everything to judge in a dossier, in the order in which it is read. */
export interface Items {
  readonly parts: readonly VerdictPart[];
  readonly all: readonly VerdictItem[];
  /** What the progress counts: a person as a whole is judged by their fields. */
  readonly single: readonly VerdictItem[];
  /** The fields of each item that is judged as a whole too. */
  readonly fields: ReadonlyMap<VerdictItem, readonly VerdictItem[]>;
}

export function itemsOf(dossier: Dossier): Items {
  const parts = verdictParts(dossier);
  const all = parts.flatMap(({ items }) => items);
  const fields = new Map<VerdictItem, VerdictItem[]>();
  for (const item of all) {
    const whole = wholeOf(item);
    if (whole === undefined) continue;
    fields.set(whole, [...(fields.get(whole) ?? []), item]);
  }
  const judgedWhole = new Map([...fields].filter(([whole]) => all.includes(whole)));
  return { parts, all, single: all.filter((item) => !judgedWhole.has(item)), fields: judgedWhole };
}

/** The items of one part of a dossier; none when it has no such part. */
export const itemsIn = ({ parts }: Items, part: VerdictPart['part']): readonly VerdictItem[] =>
  parts.find((other) => other.part === part)?.items ?? [];

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

/** Where an item stands. A person follows their fields; fields that nobody judged follow a person who is refused. */
export function stateOf(verdict: Verdict, item: VerdictItem, { fields }: Pick<Items, 'fields'>): ItemState {
  if (reasonsOf(verdict, item).length > 0) return 'refused';
  if (verdict.accepted.includes(item)) return 'accepted';
  const within = fields.get(item);
  if (within) {
    const states = new Set(within.map((field) => stateOf(verdict, field, { fields })));
    if (states.has('refused')) return 'refused';
    return states.has('todo') ? 'todo' : 'accepted';
  }
  const whole = wholeOf(item);
  return whole !== undefined && reasonsOf(verdict, whole).length > 0 ? 'refused' : 'todo';
}

/** The word that was said on an item itself: who is refused for one of their fields, or a field for its person, isn't refused by it. */
export function wordOn(verdict: Verdict, item: VerdictItem, items: Pick<Items, 'fields'>): ItemState {
  const state = stateOf(verdict, item, items);
  return state === 'refused' && reasonsOf(verdict, item).length === 0 ? 'todo' : state;
}

/** How many of the items are judged. */
export const judgedOf = (verdict: Verdict, items: Items, among: readonly VerdictItem[]): number =>
  among.filter((item) => stateOf(verdict, item, items) !== 'todo').length;

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

/** Says yes to an item; to a person as a whole, to each of their fields that isn't refused. */
export function acceptItem(verdict: Verdict, item: VerdictItem, { fields }: Items): Verdict {
  const within = fields.get(item);
  if (!within) return accept(verdict, [item]);
  const rest = without(verdict, [item]);
  return accept(
    rest,
    within.filter((field) => reasonsOf(rest, field).length === 0),
  );
}

/** Refuses an item, in the place of what was said of it before. */
export function refuse(verdict: Verdict, item: VerdictItem, cause: Reason['cause'], text: string): Verdict {
  const rest = without(verdict, [item]);
  return { ...rest, reasons: [...rest.reasons, reasonAbout(item, cause, text)] };
}

/** Takes back what was said of an item; of a person as a whole, of their fields too. */
export const clear = (verdict: Verdict, item: VerdictItem, { fields }: Items): Verdict =>
  without(verdict, [item, ...(fields.get(item) ?? [])]);

/** Adds a reason about the whole dossier. */
export const addGeneral = (verdict: Verdict, cause: Reason['cause'], text: string): Verdict => ({
  ...verdict,
  reasons: [...verdict.reasons, reasonAbout(undefined, cause, text)],
});

export const removeReason = (verdict: Verdict, reason: Reason): Verdict => ({
  ...verdict,
  reasons: verdict.reasons.filter((other) => other !== reason),
});

/** What two verdicts on a dossier say differently, in the order of the items; undefined stands for the whole dossier. */
export function differencesOf(items: Items, mine: Verdict, theirs: Verdict): (VerdictItem | undefined)[] {
  const wordsOf = (verdict: Verdict, item: VerdictItem | undefined) =>
    JSON.stringify([
      item === undefined || items.fields.has(item) ? undefined : stateOf(verdict, item, items),
      reasonsOf(verdict, item).map(({ cause, text }) => [cause, text]),
    ]);
  return [...items.all, undefined].filter((item) => wordsOf(mine, item) !== wordsOf(theirs, item));
}

/**
 * The next item to judge after this one, from the start again at the end; undefined once everything is judged. A person is met as a whole
 * first, and no more once one of their fields is judged.
 */
export function nextToJudge(items: Items, verdict: Verdict, after: VerdictItem): VerdictItem | undefined {
  const at = items.all.indexOf(after);
  const around = [...items.all.slice(at + 1), ...items.all.slice(0, at)];
  return around.find((item) => {
    const within = items.fields.get(item) ?? [item];
    return within.every((field) => stateOf(verdict, field, items) === 'todo');
  });
}

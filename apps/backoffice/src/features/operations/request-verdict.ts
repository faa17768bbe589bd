import type { RequestReason, RequestReasonView } from '@rnoce/schemas/customs-request-reasons';
import type { CustomsRequestDossier, DecideCustomsRequestBody } from '@rnoce/schemas/customs-requests';
import type { ItemState } from '../../dossiers/item-verdict.tsx';

type Cause = RequestReason['cause'];

/** What an agent has said of a request so far. It stays in their browser: only the decision is sent. */
export interface RequestVerdict {
  /** The items that were accepted, each with what it said then: an item that says something else since is to be judged again. */
  readonly accepted: Readonly<Record<string, string>>;
  readonly reasons: readonly RequestReason[];
}
export const nothingSaid: RequestVerdict = { accepted: {}, reasons: [] };

/** Everything to judge in a request, in the order in which it is read: its documents, then its changes; each with what it says. */
export type RequestItems = ReadonlyMap<string, string>;

export const itemsOf = ({
  documents,
  changes,
}: Pick<CustomsRequestDossier, 'documents' | 'changes'>): RequestItems =>
  new Map([
    ...documents.map(({ document, id }) => [`documents.${document}`, id] as const),
    ...changes.map(({ item, asked, now }) => [item, JSON.stringify([asked, now ?? null])] as const),
  ]);

/** The item that a reason is about; undefined: the whole request. */
export function itemOf({
  about,
}: {
  readonly about?: { readonly document: string } | { readonly item: string } | undefined;
}): string | undefined {
  if (!about) return undefined;
  return 'document' in about ? `documents.${about.document}` : about.item;
}

const isDocument = (item: string): boolean => item.startsWith('documents.');

function reasonAbout(item: string | undefined, cause: Cause, text: string): RequestReason {
  const said = { cause, text: text.trim() };
  if (item === undefined) return said;
  if (!isDocument(item)) return { about: { item }, ...said };
  const document = item.slice('documents.'.length) as CustomsRequestDossier['documents'][number]['document'];
  return { about: { document }, ...said };
}

export const reasonsOf = ({ reasons }: RequestVerdict, item: string | undefined): RequestReason[] =>
  reasons.filter((reason) => itemOf(reason) === item);

/** Whether an item was accepted for something else than what it says now. */
export const isOutdated = ({ accepted }: RequestVerdict, item: string, items: RequestItems): boolean =>
  accepted[item] !== undefined && accepted[item] !== items.get(item);

/** Where an item stands. */
export function stateOf(verdict: RequestVerdict, item: string, items: RequestItems): ItemState {
  if (reasonsOf(verdict, item).length > 0) return 'refused';
  return verdict.accepted[item] !== undefined && !isOutdated(verdict, item, items) ? 'accepted' : 'todo';
}

/** Takes back what was said of an item. */
export const clear = ({ accepted, reasons }: RequestVerdict, item: string): RequestVerdict => ({
  accepted: Object.fromEntries(Object.entries(accepted).filter(([other]) => other !== item)),
  reasons: reasons.filter((reason) => itemOf(reason) !== item),
});

/** Accepts items as they are now; what was said against them is taken back. */
export function accept(
  verdict: RequestVerdict,
  which: readonly string[],
  items: RequestItems,
): RequestVerdict {
  let next = verdict;
  for (const item of which) {
    const rest = clear(next, item);
    next = { ...rest, accepted: { ...rest.accepted, [item]: items.get(item) ?? '' } };
  }
  return next;
}

/** Refuses an item, in the place of what was said of it before; without an item, adds a reason about the whole. */
export function refuse(
  verdict: RequestVerdict,
  item: string | undefined,
  cause: Cause,
  text: string,
): RequestVerdict {
  const rest = item === undefined ? verdict : clear(verdict, item);
  return { ...rest, reasons: [...rest.reasons, reasonAbout(item, cause, text)] };
}

/** Takes back a reason about the whole request. */
export const removeGeneral = (
  verdict: RequestVerdict,
  { cause, text }: Pick<RequestReasonView, 'cause' | 'text'>,
): RequestVerdict => ({
  ...verdict,
  reasons: verdict.reasons.filter((other) => other.about || other.cause !== cause || other.text !== text),
});

/** The next item to judge after this one, from the start again at the end; undefined once everything is judged. */
export function nextToJudge(items: RequestItems, verdict: RequestVerdict, after: string): string | undefined {
  const all = [...items.keys()];
  const at = all.indexOf(after);
  return [...all.slice(at + 1), ...all.slice(0, at)].find((item) => stateOf(verdict, item, items) === 'todo');
}

/** The decisions that a verdict leaves to choose from; null: it doesn't allow this one. */
export interface PossibleDecisions {
  /** With the changes that were refused left out, if any. */
  readonly accept: DecideCustomsRequestBody | null;
  readonly reject: DecideCustomsRequestBody | null;
}

/**
 * A request is accepted unless something else than some of its changes is refused: a document, the whole, every change. It is rejected with
 * at least one reason. What is said of items that the request doesn't have any more is left out.
 */
export function decisionsOf(
  verdict: RequestVerdict,
  { changes }: Pick<CustomsRequestDossier, 'changes'>,
  items: RequestItems,
): PossibleDecisions {
  const reasons = verdict.reasons.filter((reason) => {
    const item = itemOf(reason);
    return item === undefined || items.has(item);
  });
  const refused = new Set(reasons.map(itemOf));
  const onlyChanges = [...refused].every((item) => item !== undefined && !isDocument(item));
  const someLeft = changes.length === 0 || changes.some(({ item }) => !refused.has(item));
  return {
    accept: onlyChanges && someLeft ? { outcome: 'accepted', reasons } : null,
    reject: reasons.length > 0 ? { outcome: 'rejected', reasons } : null,
  };
}

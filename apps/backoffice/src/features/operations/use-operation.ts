import type { RequestReason, RequestReasonView } from '@rnoce/schemas/customs-request-reasons';
import type { CustomsRequestDossier } from '@rnoce/schemas/customs-requests';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { leadToItem } from '../../dossiers/lead-to.ts';
import type { UnkeptRefusal, UnkeptRefusals } from '../../dossiers/unkept-refusals.ts';
import { tabStorage } from '../../dossiers/use-unkept-refusals.ts';
import { useWalk } from '../../dossiers/use-walk.ts';
import { useAgent } from '../../session/use-session.ts';
import {
  accept,
  clear,
  itemOf,
  itemsOf,
  nextToJudge,
  type RequestItems,
  type RequestVerdict,
  refuse,
  stateOf,
} from './request-verdict.ts';
import { createRequestVerdictStore, type RequestVerdictStore } from './request-verdict-store.ts';

/** The verdict in preparation on a request, kept in this tab. */
export function useRequestVerdict({ id }: Pick<CustomsRequestDossier, 'id'>): {
  store: RequestVerdictStore;
  verdict: RequestVerdict;
} {
  const agent = useAgent();
  const [store] = useState(() =>
    createRequestVerdictStore(tabStorage(), `rnoce:request-verdict:${agent?.id ?? ''}:${id}`),
  );
  return { store, verdict: useSyncExternalStore(store.watch, store.verdict) };
}

/** What the columns of a request's dossier share: the verdict, where the agent stands in it, and the acts. */
export interface RequestJudging {
  readonly items: RequestItems;
  readonly verdict: RequestVerdict;
  /** Why an item, or without one the whole, is refused: by the decision once there is one, before it by the verdict in preparation. */
  readonly reasonsOf: (item: string | undefined) => readonly RequestReasonView[];
  /** Whether this agent may judge now. */
  readonly editable: boolean;
  readonly current: string | undefined;
  /** The document that the viewer shows. */
  readonly document: string | undefined;
  /** The item whose refusal is being written. */
  readonly refusing: string | undefined;
  /** Whether a reason about the whole request is being written. */
  readonly refusingWhole: boolean;
  /** What is typed in the refusals and not in the verdict yet. */
  readonly unkept: readonly UnkeptRefusal[];
  readonly goTo: (item: string | undefined) => void;
  readonly move: (step: 1 | -1) => void;
  readonly accept: (item: string) => void;
  readonly acceptAll: (items: readonly string[]) => void;
  readonly beginRefusal: (item: string) => void;
  readonly beginWholeRefusal: () => void;
  readonly keepRefusal: (item: string | undefined, cause: RequestReason['cause'], text: string) => void;
  readonly cancelRefusal: (item: string | undefined) => void;
  /** Keeps what is typed about an item, or about the whole, apart from the verdict. */
  readonly write: (refusal: UnkeptRefusal) => void;
}

/** Walks through a request: one word on an item, and the next one comes by itself; after the last, the decision. */
export function useRequestJudging(
  dossier: CustomsRequestDossier,
  {
    store,
    verdict,
    editable,
    refusals,
    unkept,
  }: {
    store: RequestVerdictStore;
    verdict: RequestVerdict;
    editable: boolean;
    refusals: UnkeptRefusals;
    unkept: readonly UnkeptRefusal[];
  },
): RequestJudging {
  const items = useMemo(() => itemsOf(dossier), [dossier]);
  const all = useMemo(() => [...items.keys()], [items]);
  const documents = all.filter((item) => item.startsWith('documents.'));
  const first = () => all.find((item) => stateOf(verdict, item, items) === 'todo') ?? all[0];
  const [shown, setShown] = useState(first);
  const [refusingWhole, setRefusingWhole] = useState(false);
  const { current, refusing, goTo, move, beginRefusal, endRefusal } = useWalk({
    all,
    first,
    editable,
    onSelect: (item) => {
      if (documents.includes(item)) setShown(item);
    },
  });
  const advance = (item: string) => goTo(nextToJudge(items, store.verdict(), item));

  return {
    items,
    verdict,
    reasonsOf: (item) =>
      (dossier.status === 'in_review' ? verdict : dossier).reasons.filter(
        (reason) => itemOf(reason) === item,
      ),
    editable,
    current,
    document: shown !== undefined && documents.includes(shown) ? shown : documents[0],
    refusing,
    refusingWhole,
    unkept,
    goTo,
    move,
    accept: (item) => {
      if (!editable) return;
      if (stateOf(verdict, item, items) === 'accepted') {
        store.change((before) => clear(before, item));
        goTo(item);
        return;
      }
      store.change((before) => accept(before, [item], items));
      advance(item);
    },
    acceptAll: (several) => {
      const last = several.at(-1);
      if (!editable || last === undefined) return;
      store.change((before) => accept(before, several, items));
      advance(last);
    },
    beginRefusal,
    beginWholeRefusal: () => {
      if (editable) setRefusingWhole(true);
    },
    keepRefusal: (item, cause, text) => {
      if (item === undefined) setRefusingWhole(false);
      else endRefusal();
      // What can't be kept any more stays beside, where it was typed.
      if (!editable) return;
      store.change((before) => refuse(before, item, cause, text));
      refusals.drop(item);
      if (item === undefined) leadToItem(undefined);
      else advance(item);
    },
    cancelRefusal: (item) => {
      refusals.drop(item);
      if (item === undefined) setRefusingWhole(false);
      else endRefusal();
      leadToItem(item);
    },
    write: refusals.write,
  };
}

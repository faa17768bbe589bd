import type { Dossier, Reason, VerdictItem } from '@rnoce/schemas/filings';
import type { VerdictPart } from '@rnoce/schemas/verdict-items';
import { useCallback, useMemo, useState } from 'react';
import type { ItemState } from '../../dossiers/item-verdict.tsx';
import { leadToItem } from '../../dossiers/lead-to.ts';
import type { UnkeptRefusal, UnkeptRefusals } from '../../dossiers/unkept-refusals.ts';
import { useWalk } from '../../dossiers/use-walk.ts';
import {
  accept,
  acceptItem,
  addGeneral,
  clear,
  type Items,
  itemsIn,
  itemsOf,
  nextToJudge,
  refuse,
  stateOf,
  type Verdict,
  wordOn,
} from './verdict-draft.ts';
import type { VerdictStore } from './verdict-store.ts';

/** The document that proves what a section says: read together. */
const besides: Partial<Record<VerdictPart['part'], VerdictItem>> = {
  bankAccount: 'documents.rib_certificate',
};

/** The document to show beside a section, if the dossier has it. */
export const documentBeside = (part: VerdictPart['part'], items: Items): VerdictItem | undefined =>
  itemsIn(items, 'documents').find((item) => item === besides[part]);

/** What the columns of a dossier share: the verdict, where the agent stands in it, and the acts. */
export interface Judging {
  readonly verdict: Verdict;
  readonly items: Items;
  /** Where an item stands, by what was said of it or of the person whose it is. */
  readonly stateOf: (item: VerdictItem) => ItemState;
  /** What was said of the item itself. */
  readonly wordOn: (item: VerdictItem) => ItemState;
  /** Whether this agent may judge now. */
  readonly editable: boolean;
  /** Whether the dossier waits for a decision: what is shown is the verdict in preparation, even while it can't be changed. */
  readonly preparing: boolean;
  readonly current: VerdictItem | undefined;
  /** The document that the viewer shows. */
  readonly document: VerdictItem | undefined;
  /** The item whose refusal is being written, which a colleague's act doesn't close: it only can't be kept then. */
  readonly refusing: VerdictItem | undefined;
  /** Whether a reason about the whole dossier is being written. */
  readonly refusingWhole: boolean;
  /** What is typed in the refusals and not in the verdict yet. */
  readonly unkept: readonly UnkeptRefusal[];
  readonly goTo: (item: VerdictItem | undefined) => void;
  /** Shows a document without leaving the item that is judged. */
  readonly show: (document: VerdictItem) => void;
  readonly move: (step: 1 | -1) => void;
  readonly accept: (item: VerdictItem) => void;
  readonly acceptAll: (items: readonly VerdictItem[]) => void;
  readonly beginRefusal: (item: VerdictItem) => void;
  readonly refuse: (cause: Reason['cause'], text: string) => void;
  readonly cancelRefusal: () => void;
  readonly beginWholeRefusal: () => void;
  readonly refuseWhole: (cause: Reason['cause'], text: string) => void;
  readonly cancelWholeRefusal: () => void;
  /** Keeps what is typed about an item, or about the whole, apart from the verdict. */
  readonly write: (refusal: UnkeptRefusal) => void;
}

/** The document that an item is, or that proves it. */
function documentOf(item: VerdictItem, items: Items): VerdictItem | undefined {
  const part = items.parts.find((other) => other.items.includes(item))?.part;
  if (part === undefined) return undefined;
  return part === 'documents' ? item : documentBeside(part, items);
}

/** Walks through a dossier: one word on an item, and the next one comes by itself; after the last, the decision. */
export function useJudging(
  dossier: Dossier,
  {
    verdict,
    store,
    editable,
    refusals,
    unkept,
  }: {
    verdict: Verdict;
    store: VerdictStore;
    editable: boolean;
    refusals: UnkeptRefusals;
    unkept: readonly UnkeptRefusal[];
  },
): Judging {
  const items = useMemo(() => itemsOf(dossier), [dossier]);
  const { all } = items;
  const documents = itemsIn(items, 'documents');
  const first = () => all.find((item) => stateOf(verdict, item, items) === 'todo') ?? all[0];
  const [shown, setShown] = useState<VerdictItem | undefined>(() => {
    const item = first();
    return (item === undefined ? undefined : documentOf(item, items)) ?? documents[0];
  });
  const [refusingWhole, setRefusingWhole] = useState(false);
  const showBeside = useCallback(
    (item: VerdictItem) => setShown((before) => documentOf(item, items) ?? before),
    [items],
  );
  const { current, refusing, goTo, move, beginRefusal, endRefusal } = useWalk({
    all,
    first,
    editable,
    onSelect: showBeside,
  });
  const advance = (item: VerdictItem) => goTo(nextToJudge(items, store.state().verdict, item));

  return {
    verdict,
    items,
    editable,
    preparing: dossier.status === 'in_review',
    current,
    stateOf: (item) => stateOf(verdict, item, items),
    wordOn: (item) => wordOn(verdict, item, items),
    document: shown !== undefined && documents.includes(shown) ? shown : documents[0],
    refusing,
    refusingWhole,
    unkept,
    goTo,
    show: setShown,
    move,
    accept: (item) => {
      if (!editable) return;
      if (stateOf(verdict, item, items) === 'accepted') {
        store.change((before) => clear(before, item, items));
        goTo(item);
        return;
      }
      store.change((before) => acceptItem(before, item, items));
      advance(item);
    },
    acceptAll: (several) => {
      const last = several.at(-1);
      if (!editable || last === undefined) return;
      store.change((before) => accept(before, several));
      advance(last);
    },
    beginRefusal,
    refuse: (cause, text) => {
      if (refusing === undefined) return;
      if (!editable) {
        endRefusal();
        return;
      }
      store.change((before) => refuse(before, refusing, cause, text));
      refusals.drop(refusing);
      advance(refusing);
    },
    cancelRefusal: () => {
      if (refusing !== undefined) refusals.drop(refusing);
      endRefusal();
      leadToItem(refusing);
    },
    beginWholeRefusal: () => setRefusingWhole(true),
    refuseWhole: (cause, text) => {
      setRefusingWhole(false);
      if (!editable) return;
      store.change((before) => addGeneral(before, cause, text));
      refusals.drop(undefined);
    },
    cancelWholeRefusal: () => {
      refusals.drop(undefined);
      setRefusingWhole(false);
    },
    write: refusals.write,
  };
}

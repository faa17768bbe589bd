import type { Dossier, Reason, VerdictItem } from '@rnoce/schemas/filings';
import { useCallback, useMemo, useState } from 'react';
import type { UnkeptRefusal, UnkeptRefusals } from './unkept-refusals.ts';
import {
  accept,
  addGeneral,
  clear,
  itemsOf,
  nextToJudge,
  refuse,
  type Section,
  stateOf,
  type Verdict,
} from './verdict-draft.ts';
import type { VerdictStore } from './verdict-store.ts';

/** What the columns of a dossier share: the verdict, where the agent stands in it, and the acts. */
export interface Judging {
  readonly verdict: Verdict;
  readonly items: Readonly<Record<Section, readonly VerdictItem[]>>;
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

/** Moves the focus to an item's first word, once it is drawn. */
function focusItem(item: VerdictItem | undefined): void {
  requestAnimationFrame(() => {
    const target =
      item === undefined
        ? document.querySelector<HTMLElement>('[data-decide]')
        : document.querySelector<HTMLElement>(`[data-item="${item}"]`);
    target?.focus({ preventScroll: true });
    target?.closest('tr, section, div')?.scrollIntoView({ block: 'nearest' });
  });
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
  const all = useMemo(() => [...items.documents, ...items.company, ...items.managers], [items]);
  const [current, setCurrent] = useState<VerdictItem | undefined>(
    () => all.find((item) => stateOf(verdict, item) === 'todo') ?? all[0],
  );
  const [shown, setShown] = useState<VerdictItem | undefined>(() =>
    current?.startsWith('documents.') ? current : items.documents[0],
  );
  const [refusing, setRefusing] = useState<VerdictItem>();
  const [refusingWhole, setRefusingWhole] = useState(false);

  const goTo = useCallback((item: VerdictItem | undefined) => {
    setRefusing(undefined);
    if (item !== undefined) setCurrent(item);
    if (item?.startsWith('documents.')) setShown(item);
    focusItem(item);
  }, []);
  const advance = (item: VerdictItem) => goTo(nextToJudge(all, store.state().verdict, item));

  return {
    verdict,
    items,
    editable,
    preparing: dossier.status === 'in_review',
    current,
    document: shown !== undefined && items.documents.includes(shown) ? shown : items.documents[0],
    refusing,
    refusingWhole,
    unkept,
    goTo,
    move: (step) => {
      const at = current === undefined ? -1 : all.indexOf(current);
      const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
      if (next !== undefined) goTo(next);
    },
    accept: (item) => {
      if (!editable) return;
      if (stateOf(verdict, item) === 'accepted') {
        store.change((before) => clear(before, item));
        goTo(item);
        return;
      }
      store.change((before) => accept(before, [item]));
      advance(item);
    },
    acceptAll: (several) => {
      const last = several.at(-1);
      if (!editable || last === undefined) return;
      store.change((before) => accept(before, several));
      advance(last);
    },
    beginRefusal: (item) => {
      if (!editable) return;
      setCurrent(item);
      if (item.startsWith('documents.')) setShown(item);
      setRefusing(item);
    },
    refuse: (cause, text) => {
      if (refusing === undefined) return;
      if (!editable) {
        setRefusing(undefined);
        return;
      }
      store.change((before) => refuse(before, refusing, cause, text));
      refusals.drop(refusing);
      advance(refusing);
    },
    cancelRefusal: () => {
      if (refusing !== undefined) refusals.drop(refusing);
      setRefusing(undefined);
      focusItem(refusing);
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

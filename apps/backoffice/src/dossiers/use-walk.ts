import { useCallback, useState } from 'react';
import { leadToItem, stay } from './lead-to.ts';

interface Walk<Item> {
  readonly current: Item | undefined;
  /** The item whose refusal is being written, which a colleague's act doesn't close: it only can't be kept then. */
  readonly refusing: Item | undefined;
  /** Leads to an item; without one, to the decision. A refusal being written closes. */
  readonly goTo: (item: Item | undefined) => void;
  readonly move: (step: 1 | -1) => void;
  readonly beginRefusal: (item: Item) => void;
  readonly endRefusal: () => void;
}

/** Where an agent stands among the items of a dossier, and the ways on from there. */
export function useWalk<Item extends string>({
  all,
  first,
  editable,
  onSelect,
}: {
  /** In the order in which they are read. */
  all: readonly Item[];
  /** Where the walk begins. */
  first: () => Item | undefined;
  /** Whether this agent may judge now. */
  editable: boolean;
  /** Shows what goes with an item. */
  onSelect: (item: Item) => void;
}): Walk<Item> {
  const [current, setCurrent] = useState(first);
  const [refusing, setRefusing] = useState<Item>();
  const select = useCallback(
    (item: Item) => {
      setCurrent(item);
      onSelect(item);
    },
    [onSelect],
  );
  const goTo = useCallback(
    (item: Item | undefined) => {
      setRefusing(undefined);
      if (item !== undefined) select(item);
      leadToItem(item);
    },
    [select],
  );
  return {
    current,
    refusing,
    goTo,
    move: (step) => {
      const at = current === undefined ? -1 : all.indexOf(current);
      const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
      if (next !== undefined) goTo(next);
    },
    beginRefusal: (item) => {
      if (!editable) return;
      // The form takes the focus by itself.
      stay();
      select(item);
      setRefusing(item);
    },
    endRefusal: () => setRefusing(undefined),
  };
}

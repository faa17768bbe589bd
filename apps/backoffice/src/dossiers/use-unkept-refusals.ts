import { isGivenUp } from '@rnoce/shell/unsaved';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useAgent } from '../session/use-session.ts';
import {
  createUnkeptRefusals,
  type IsItem,
  type UnkeptRefusal,
  type UnkeptRefusals,
} from './unkept-refusals.ts';

const nowhere = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

/** The storage of this tab; where it is forbidden, nothing is kept. */
export function tabStorage(): Storage | typeof nowhere {
  try {
    return window.sessionStorage;
  } catch {
    return nowhere;
  }
}

/** The refusals that this agent has begun on a dossier, and who changes them. Leaving the page with one is asked about first. */
export function useUnkeptRefusals(
  { id }: { readonly id: string },
  isItem: IsItem,
): {
  refusals: UnkeptRefusals;
  unkept: readonly UnkeptRefusal[];
} {
  const agent = useAgent();
  const [refusals] = useState(() =>
    createUnkeptRefusals(tabStorage(), `rnoce_refusals.${agent?.id ?? ''}.${id}`, isItem),
  );
  const unkept = useSyncExternalStore(refusals.watch, refusals.list);
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      if (refusals.list().length > 0 && !isGivenUp()) event.preventDefault();
    };
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, [refusals]);
  return { refusals, unkept };
}

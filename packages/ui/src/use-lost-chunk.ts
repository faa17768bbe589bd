import { useCallback, useEffect, useState } from 'react';
import { lostChunk, whereabouts } from './lost-chunk.ts';

/** Milliseconds between two questions, where the browser doesn't see that the network is back. */
const pause = 5_000;

/** Why a page broke, and how to ask again for one that could not be fetched; that is also done by itself. */
export function useLostChunk(thrown: unknown): {
  /** `fault`: the page is there, and broke. */
  cause: 'fault' | 'asking' | 'unreachable' | 'gone';
  again: () => void;
} {
  const [address] = useState(() => lostChunk(thrown, window.location.href));
  const [cause, setCause] = useState<'fault' | 'asking' | 'unreachable' | 'gone'>(
    address === undefined ? 'fault' : 'asking',
  );
  // A browser may hold on to what failed to load: only a fresh page asks for it again.
  const again = useCallback(() => {
    if (address === undefined) return;
    void whereabouts(address).then((found) => {
      if (found !== 'unreachable') window.location.reload();
    });
  }, [address]);
  useEffect(() => {
    if (address === undefined) return;
    let left = false;
    void whereabouts(address).then((found) => {
      // What is there and doesn't load all the same would be asked for without end.
      if (!left) setCause(found === 'there' ? 'fault' : found);
    });
    return () => {
      left = true;
    };
  }, [address]);
  useEffect(() => {
    if (cause !== 'unreachable') return;
    const timer = setInterval(again, pause);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [cause, again]);
  return { cause, again };
}

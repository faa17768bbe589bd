import { useErrorSentence } from '@rnoce/ui/states';
import { useCallback, useRef, useState } from 'react';

interface Act {
  readonly busy: boolean;
  /** Why the last one failed, in words; undefined while there is nothing to tell. */
  readonly fault: string | undefined;
  /** Does something once: a second click while it is under way does nothing. What is shown is asked again after it, whatever became of it. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
}

/**
 * One act of an agent on a screen.
 *
 * @param forget asks again what the screens show; the same function at each drawing.
 */
export function useAct(forget: () => Promise<void>): Act {
  const sentence = useErrorSentence();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const run = useCallback(
    async (work: () => Promise<void>) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      setFailure(undefined);
      try {
        await work();
      } catch (error) {
        setFailure(error);
      } finally {
        running.current = false;
        setBusy(false);
        void forget();
      }
    },
    [forget],
  );
  return { busy, fault: failure === undefined ? undefined : sentence(failure), run };
}

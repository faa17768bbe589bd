import { useErrorSentence } from '@rnoce/ui/states';
import { useCallback, useRef, useState } from 'react';
import { forgetFinance } from '../../api/finance-queries.ts';

interface Act {
  readonly busy: boolean;
  /** Why the last one failed, in words; undefined while there is nothing to tell. */
  readonly fault: string | undefined;
  /** Does something once: a second click while it is under way does nothing. What is shown is asked again after it, whatever became of it. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
}

/** One act of an agent on a screen. */
export function useAct(): Act {
  const sentence = useErrorSentence();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const run = useCallback(async (work: () => Promise<void>) => {
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
      void forgetFinance();
    }
  }, []);
  return { busy, fault: failure === undefined ? undefined : sentence(failure), run };
}

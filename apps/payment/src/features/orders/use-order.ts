import type { PaymentOrder } from '@rnoce/schemas';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readOrder } from '../../api/payment-api.ts';
import { forget, takeOver } from './hand-over.ts';
import { watchDelay } from './watch-delays.ts';

export interface WatchedOrder {
  readonly order: PaymentOrder | undefined;
  /** Why the last look brought nothing; the order shown is then the one of before. */
  readonly error: unknown;
  /** When the order was last read. */
  readonly seenAt: Date | undefined;
  readonly look: () => void;
  /** Being read because the person asked for it. */
  readonly looking: boolean;
  /** Takes an answer that says how the order is now. */
  readonly put: (order: PaymentOrder) => void;
}

/** An order, read again as long as it may change by itself: at growing intervals, and at once when the person or the network comes back. */
export function useOrder(id: string): WatchedOrder {
  const [state, setState] = useState<Omit<WatchedOrder, 'look' | 'looking' | 'put'>>(() => {
    const order = takeOver(id)?.order;
    return { order, error: undefined, seenAt: order && new Date() };
  });
  const [round, setRound] = useState(0);
  const [looking, setLooking] = useState(false);
  const looks = useRef(0);
  const fresh = useRef(state.order !== undefined);
  const { order } = state;

  const put = useCallback((next: PaymentOrder) => {
    looks.current = 0;
    fresh.current = true;
    setState({ order: next, error: undefined, seenAt: new Date() });
    setRound((before) => before + 1);
  }, []);
  const look = useCallback(() => {
    setLooking(true);
    setRound((before) => before + 1);
  }, []);

  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    const schedule = (read: PaymentOrder | undefined): void => {
      if (leaving.signal.aborted || (read && !read.watch)) return;
      timer = setTimeout(() => void once(), watchDelay(looks.current, read?.next?.type === 'reference'));
      looks.current += 1;
    };
    const once = async (): Promise<void> => {
      clearTimeout(timer);
      // Nobody looks: the next look is when somebody does.
      if (document.visibilityState === 'hidden') return;
      try {
        const read = await readOrder(id, leaving.signal);
        setState((before) => {
          if (before.order?.status !== read.status) looks.current = 0;
          return { order: read, error: undefined, seenAt: new Date() };
        });
        schedule(read);
      } catch (error) {
        if (leaving.signal.aborted) return;
        setState((before) => ({ ...before, error }));
        schedule(undefined);
      }
      setLooking(false);
    };
    const onReturn = (): void => {
      if (document.visibilityState === 'visible') void once();
    };
    const onShow = (event: PageTransitionEvent): void => {
      // Brought back as it was left, on its way to the gateway.
      if (event.persisted) {
        forget(id);
        onReturn();
      }
    };
    if (fresh.current) {
      fresh.current = false;
      schedule(state.order);
    } else void once();
    document.addEventListener('visibilitychange', onReturn);
    window.addEventListener('online', onReturn);
    window.addEventListener('pageshow', onShow);
    return () => {
      leaving.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onReturn);
      window.removeEventListener('online', onReturn);
      window.removeEventListener('pageshow', onShow);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- what was read is not what to read
  }, [id, round]);

  return { order, error: state.error, seenAt: state.seenAt, look, looking, put };
}

import { useCallback, useEffect, useState } from 'react';
import type { InvoicePage } from '../../api/payment-api.ts';
import { type Asked, addressOf } from './invoice-query.ts';
import { besideKnown, type KnownCode, type LookUp, lookUp } from './look-up.ts';

/** Pages already seen: back and forward show them at once, and ask again behind. */
const seen = new Map<string, InvoicePage>();
const mostSeen = 30;

function remember(address: string, page: InvoicePage): void {
  if (seen.size >= mostSeen) seen.clear();
  seen.set(address, page);
}

/** Codes whose invoices were listed in this tab. */
const knownCodes = new Map<string, KnownCode>();

function learn({ code, number }: Asked, outcome: LookUp): void {
  if (number !== '') return;
  if (outcome.state === 'none') knownCodes.delete(code);
  if (outcome.state !== 'found') return;
  const { issuers, unfiltered, pageSize } = outcome.page;
  knownCodes.set(code, { issuers, unfiltered, pageSize });
}

interface State {
  readonly address: string;
  readonly lookUp: LookUp;
  /** What stays on the screen meanwhile. */
  readonly page: InvoicePage | undefined;
}

/** The look-up that an address asks for; `undefined` of it asks for nothing. `page` is the last one of the same code while the next is on its way. */
export function useLookUp(asked: Asked, wanted: boolean): State & { readonly again: () => void } {
  const address = addressOf(asked);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<State & { readonly code: string }>();

  useEffect(() => {
    if (!wanted) {
      setState(undefined);
      return;
    }
    const leaving = new AbortController();
    const tell = (lookUp: LookUp): void => {
      if (leaving.signal.aborted) return;
      setState((before) => ({
        address,
        code: asked.code,
        lookUp,
        page: lookUp.state === 'found' ? lookUp.page : before?.code === asked.code ? before.page : undefined,
      }));
    };
    const known = seen.get(address);
    tell(known ? { state: 'found', page: known } : { state: 'waiting' });
    lookUp(asked, { signal: leaving.signal, tell })
      .then((found) => {
        learn(asked, found);
        const outcome = besideKnown(found, asked, knownCodes.get(asked.code));
        if (outcome.state === 'found') remember(address, outcome.page);
        else seen.delete(address);
        tell(outcome);
      })
      // Left for another look-up.
      .catch(() => undefined);
    return () => leaving.abort();
    // oxlint-disable-next-line react/exhaustive-deps -- the address says all that is asked
  }, [address, wanted, round]);

  const again = useCallback(() => setRound((before) => before + 1), []);
  const fresh = state?.code === asked.code ? state : undefined;
  return {
    address: fresh?.address ?? address,
    lookUp: fresh && fresh.address === address ? fresh.lookUp : { state: 'waiting' },
    page: fresh?.page,
    again,
  };
}

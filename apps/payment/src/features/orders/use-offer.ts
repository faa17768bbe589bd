import type { PaymentMethod } from '@rnoce/schemas';
import { useCallback, useEffect, useState } from 'react';
import { readConfiguration } from '../../api/payment-api.ts';
import { type Offer, offerFor } from './channels.ts';

/** What the installation offers doesn't change while a page is open. */
let known: Offer | undefined;

/** The ways to pay among the accepted methods; neither offer nor error while it is asked. */
export function useOffer(accepted: readonly PaymentMethod[]): {
  offer: Offer | undefined;
  error: unknown;
  again: () => void;
} {
  const [offered, setOffered] = useState(known);
  const [failure, setFailure] = useState<{ round: number; error: unknown }>();
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (known) return;
    const leaving = new AbortController();
    readConfiguration(leaving.signal)
      .then(({ payment }) => {
        known = payment.methods;
        setOffered(known);
      })
      .catch((reason: unknown) => {
        if (!leaving.signal.aborted) setFailure({ round, error: reason });
      });
    return () => leaving.abort();
  }, [round]);

  const again = useCallback(() => setRound((before) => before + 1), []);
  return {
    offer: offered && offerFor(offered, accepted),
    error: failure?.round === round ? failure.error : undefined,
    again,
  };
}

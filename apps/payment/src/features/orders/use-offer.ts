import type { PaymentMethod } from '@rnoce/schemas';
import { useCallback, useEffect, useState } from 'react';
import { configuration, knownConfiguration } from '../../api/configuration.ts';
import { type Offer, offerFor } from './channels.ts';

/** The ways to pay among the accepted methods; neither offer nor error while it is asked. */
export function useOffer(accepted: readonly PaymentMethod[]): {
  offer: Offer | undefined;
  error: unknown;
  again: () => void;
} {
  const [offered, setOffered] = useState(() => knownConfiguration()?.payment.methods);
  const [failure, setFailure] = useState<{ round: number; error: unknown }>();
  const [round, setRound] = useState(0);

  useEffect(() => {
    let left = false;
    configuration()
      .then(({ payment }) => {
        if (!left) setOffered(payment.methods);
      })
      .catch((reason: unknown) => {
        if (!left) setFailure({ round, error: reason });
      });
    return () => {
      left = true;
    };
  }, [round]);

  const again = useCallback(() => setRound((before) => before + 1), []);
  return {
    offer: offered && offerFor(offered, accepted),
    error: failure?.round === round ? failure.error : undefined,
    again,
  };
}

import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { useState } from 'react';
import type { SessionKeeper } from './session-keeper.ts';
import type { Principal } from './session-store.ts';

/** « Se déconnecter »: leaves for the sign-in; a server that can't be told is said, and the page stays. */
export function useSignOut<P extends Principal>(
  keeper: SessionKeeper<P>,
): { busy: boolean; signOut: () => Promise<void> } {
  const sentence = useErrorSentence();
  const [busy, setBusy] = useState(false);
  const signOut = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await keeper.end();
    } catch (error) {
      setBusy(false);
      notify(sentence(error), 'danger');
    }
  };
  return { busy, signOut };
}

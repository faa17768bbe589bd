import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { useState } from 'react';
import { sessionKeeper } from '../../session/session.ts';

/**
 * Signs out whoever is signed in in this browser, and loads `to` anew; a server that can't be told is said, and the page stays.
 * `keep` puts back what the next page needs: signing out empties the tab's storage.
 */
export function useLeave(to: string): { busy: boolean; leave: (keep: () => void) => Promise<void> } {
  const sentence = useErrorSentence();
  const [busy, setBusy] = useState(false);
  const leave = async (keep: () => void): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await sessionKeeper.end(to);
      keep();
    } catch (error) {
      setBusy(false);
      notify(sentence(error), 'danger');
    }
  };
  return { busy, leave };
}

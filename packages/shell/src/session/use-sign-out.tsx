import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { type ReactNode, useState } from 'react';
import type { SessionKeeper } from './session-keeper.ts';
import type { Principal } from './session-store.ts';
import { giveUp, hasCopies, saveUnsaved } from './unsaved.ts';

/** Saves what can be; whether something that this person typed would be lost by signing out. */
async function hasUnsaved(owner: string | undefined): Promise<boolean> {
  const saved = await saveUnsaved();
  const kept = [() => window.localStorage, () => window.sessionStorage].some(
    (open) => owner !== undefined && hasCopies(open, owner),
  );
  return !saved || kept;
}

/**
 * « Se déconnecter »: leaves for the sign-in, or for `to`; a server that can't be told is said, and the page stays. What is typed is saved
 * first; where something can't be, `question` asks, which the caller draws. `keep` puts back what the next page needs: signing out empties
 * the tab's storage.
 */
export function useSignOut<P extends Principal>(
  keeper: SessionKeeper<P>,
  { to, keep }: { to?: string; keep?: () => void } = {},
): { busy: boolean; signOut: () => Promise<void>; question: ReactNode } {
  const t = useT();
  const sentence = useErrorSentence();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const leave = async (mayLeave: () => Promise<boolean>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      if (await mayLeave()) {
        await keeper.end(to);
        keep?.();
        return;
      }
      setAsked(true);
    } catch (error) {
      notify(sentence(error), 'danger');
    }
    setBusy(false);
  };
  return {
    busy,
    signOut: () => leave(async () => !(await hasUnsaved(keeper.store.principal()?.id))),
    question: (
      <ConfirmDialog
        opened={asked}
        title={t('shell:sign-out.unsaved')}
        confirmLabel={t('shell:sign-out.anyway')}
        cancelLabel={t('shell:session.stay')}
        danger
        busy={busy}
        onConfirm={() =>
          void leave(async () => {
            giveUp();
            return true;
          })
        }
        onCancel={() => setAsked(false)}
      >
        <p>{t('shell:sign-out.unsaved-detail')}</p>
      </ConfirmDialog>
    ),
  };
}

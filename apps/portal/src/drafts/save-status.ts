import type { SaveStatus } from '@rnoce/ui/save-state';
import type { DraftSnapshot, DraftStore } from './draft-store.ts';

/** What « Enregistré à 10:42 » says of a draft. */
export function saveStatusOf<P extends object>(
  { status, savedAt }: DraftSnapshot<P>,
  store: DraftStore<P>,
): SaveStatus {
  switch (status) {
    case 'idle':
    case 'saved':
      return { kind: 'saved', savedAt };
    case 'saving':
      return { kind: 'saving' };
    case 'unsaved':
    case 'conflict':
    case 'signed_out':
      return { kind: 'unsaved' };
    case 'offline':
      return { kind: 'offline' };
    case 'unavailable':
    case 'refused':
      return { kind: 'error', onRetry: store.retry };
    case 'closed':
      return { kind: 'idle' };
  }
}

import { formatTime } from '@rnoce/i18n';
import { IconAlertCircle, IconCircleCheck, IconCloudOff, IconPencil, IconRefresh } from '@tabler/icons-react';
import { useT } from './i18n.tsx';
import './save-state.css';

/** Where the draft stands. `savedAt` is an instant of the server. */
export type SaveStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly savedAt: string | Date }
  | { readonly kind: 'offline' }
  | { readonly kind: 'error'; readonly onRetry: () => void };

/** « Enregistré à 10:42 », in view while one types. Only failures interrupt a screen reader. */
export function SaveState({ status }: { status: SaveStatus }) {
  const t = useT();
  switch (status.kind) {
    case 'idle':
      return <span className="rnoce-save-state" />;
    case 'unsaved':
      return (
        <span className="rnoce-save-state">
          <IconPencil className="rnoce-icon" aria-hidden />
          {t('common:save-state.unsaved')}
        </span>
      );
    case 'saving':
      return (
        <span className="rnoce-save-state">
          <IconRefresh className="rnoce-icon" aria-hidden />
          {t('common:save-state.saving')}
        </span>
      );
    case 'saved':
      return (
        <span className="rnoce-save-state" data-kind="saved">
          <IconCircleCheck className="rnoce-icon" aria-hidden />
          {t('common:save-state.saved', { time: `\u2066${formatTime(status.savedAt)}\u2069` })}
        </span>
      );
    case 'offline':
      return (
        <span className="rnoce-save-state" data-kind="offline" role="alert">
          <IconCloudOff className="rnoce-icon" aria-hidden />
          {t('common:save-state.offline')}
        </span>
      );
    case 'error':
      return (
        <span className="rnoce-save-state" data-kind="error" role="alert">
          <IconAlertCircle className="rnoce-icon" aria-hidden />
          <span>
            {t('common:save-state.error')}{' '}
            <button type="button" onClick={status.onRetry}>
              {t('common:action.retry')}
            </button>
          </span>
        </span>
      );
  }
}

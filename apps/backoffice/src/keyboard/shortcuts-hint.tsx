import { useT } from '@rnoce/ui/i18n';
import { setShortcuts, useShortcutsEnabled } from './shortcuts.ts';
import './shortcuts-hint.css';

/** The keys of a screen, each with what it does, and how to turn them off. */
export function ShortcutsHint({ keys }: { keys: readonly (readonly [key: string, meaning: string])[] }) {
  const t = useT();
  const on = useShortcutsEnabled();
  return (
    <div className="backoffice-keys rnoce-no-print">
      <label>
        <input type="checkbox" checked={on} onChange={(event) => setShortcuts(event.currentTarget.checked)} />
        {t('desk:keys.label')}
      </label>
      {on ? (
        <ul>
          {keys.map(([key, meaning]) => (
            <li key={key}>
              <kbd>{key}</kbd> {meaning}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

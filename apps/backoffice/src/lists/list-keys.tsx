import { useT } from '@rnoce/ui/i18n';
import type { RefObject } from 'react';
import { useShortcuts } from '../keyboard/shortcuts.ts';
import { ShortcutsHint } from '../keyboard/shortcuts-hint.tsx';
import { moveFocus } from './row-focus.ts';

const amongRows = { j: () => moveFocus(1), k: () => moveFocus(-1) };

/** Walks among the rows by keys. */
export const useRowKeys = (): void => useShortcuts(amongRows);

/** The keys of a list's screen and what they do: among its rows, and to its search if it has one. */
export function ListKeys({ searchBox }: { searchBox?: RefObject<HTMLInputElement | null> }) {
  const t = useT();
  useShortcuts(searchBox ? { ...amongRows, '/': () => searchBox.current?.focus() } : amongRows);
  return (
    <ShortcutsHint
      keys={[
        ['j', t('backoffice:keys.next')],
        ['k', t('backoffice:keys.previous')],
        ['Enter', t('backoffice:keys.open')],
        ...(searchBox ? [['/', t('backoffice:keys.search')] as const] : []),
      ]}
    />
  );
}

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
        ['j', t('desk:keys.next')],
        ['k', t('desk:keys.previous')],
        ['Enter', t('desk:keys.open')],
        ...(searchBox ? [['/', t('desk:keys.search')] as const] : []),
      ]}
    />
  );
}

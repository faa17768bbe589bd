import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';

const storageKey = 'rnoce_agent_shortcuts';
const watchers = new Set<() => void>();

function readSetting(): boolean {
  try {
    return window.localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}
let enabled = readSetting();

/** Turns the one-key shortcuts on or off, for this browser: who speaks to their computer must be able to (WCAG 2.1.4). */
export function setShortcuts(on: boolean): void {
  enabled = on;
  try {
    window.localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Storage forbidden: the choice lasts as long as the page.
  }
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export const useShortcutsEnabled = (): boolean => useSyncExternalStore(watch, () => enabled);

/** Whether a key is text being typed, or a choice being made, rather than a shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Listens to one-key shortcuts, by `event.key`; never while somebody types, nor with a modifier, nor under a dialog. */
export function useShortcuts(shortcuts: Shortcuts, active = true): void {
  const on = useShortcutsEnabled() && active;
  const latest = useRef(shortcuts);
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  // As soon as the screen is seen: a key pressed then must not be lost.
  useLayoutEffect(() => {
    if (!on) return;
    const listening = new AbortController();
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
        if (isTyping(event.target) || document.querySelector('dialog[open], [aria-modal="true"]')) return;
        const act = latest.current[event.key];
        if (!act) return;
        event.preventDefault();
        act(event);
      },
      { signal: listening.signal },
    );
    return () => listening.abort();
  }, [on]);
}

import { useCallback, useState } from 'react';
import type { Selection } from './selection.ts';

/** A tab's own: two tabs may choose different invoices of one code. Reload, back and forward keep it. */
const entryOf = (code: string): string => `rnoce_selection:${code}`;
/** Kept beside the storage, which the browser may forbid. */
const kept = new Map<string, Selection>();

function isSelection(value: unknown): value is Selection {
  return (
    Array.isArray(value) &&
    value.every(
      (one: unknown) =>
        typeof one === 'object' &&
        one !== null &&
        ['id', 'number', 'issuer', 'amount', 'methods'].every((field) => field in one),
    )
  );
}

/** What was chosen of a code's invoices in this tab. */
export function readSelection(code: string): Selection {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(entryOf(code)) ?? 'null');
    if (isSelection(stored)) return stored;
  } catch {
    // Forbidden, or not ours.
  }
  return kept.get(code) ?? [];
}

function writeSelection(code: string, selection: Selection): void {
  kept.set(code, selection);
  try {
    window.sessionStorage.setItem(entryOf(code), JSON.stringify(selection));
  } catch {
    // It lasts as long as the page.
  }
}

/** Takes invoices that are paid out of every selection of this tab. */
export function dropPaid(ids: readonly string[]): void {
  const codes = new Set(kept.keys());
  try {
    for (const entry of Object.keys(window.sessionStorage))
      if (entry.startsWith(entryOf(''))) codes.add(entry.slice(entryOf('').length));
  } catch {
    // Only what is kept beside the storage.
  }
  for (const code of codes) {
    const selection = readSelection(code);
    const rest = selection.filter(({ id }) => !ids.includes(id));
    if (rest.length < selection.length) writeSelection(code, rest);
  }
}

/** The selection of a code, and how to change it. */
export function useSelection(code: string): readonly [Selection, (next: Selection) => void] {
  const [state, setState] = useState(() => ({ code, selection: readSelection(code) }));
  const selection = state.code === code ? state.selection : readSelection(code);
  const choose = useCallback(
    (next: Selection) => {
      writeSelection(code, next);
      setState({ code, selection: next });
    },
    [code],
  );
  return [selection, choose];
}

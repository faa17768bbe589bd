import type { AgentSession } from '@rnoce/schemas/agents';

/**
 * What this page knows of the session. `expired` keeps the agent: the page stays as it is under the sign-in dialog, and only
 * the same agent may take it up again.
 */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'active' | 'expired'; readonly session: AgentSession };

let state: SessionState = { kind: 'unknown' };
const watchers = new Set<() => void>();

export const sessionState = (): SessionState => state;

/** Calls `watcher` after each change; returns how to stop. */
export function watchSession(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function setSessionState(next: SessionState): void {
  state = next;
  rememberSession(next.kind === 'active' || next.kind === 'expired');
  for (const watcher of watchers) watcher();
}

const hintKey = 'rnoce_agent_session';

/**
 * Whether this browser may hold a session: the cookie itself can't be read. No secret, and no proof; it spares who never
 * signed in a useless question to the server. Where storage is forbidden, the server is always asked.
 */
export function mayHaveSession(): boolean {
  try {
    return window.localStorage.getItem(hintKey) !== null;
  } catch {
    return true;
  }
}

function rememberSession(there: boolean): void {
  try {
    if (there) window.localStorage.setItem(hintKey, '1');
    else window.localStorage.removeItem(hintKey);
  } catch {
    // Storage forbidden: see mayHaveSession.
  }
}

/** Who may be signed in: an operator's account, an agent. */
export interface Principal {
  readonly id: string;
  readonly email: string;
}

/** `expiresAt` is when the session ends if nothing is done, by the server's clock. */
export interface PrincipalSession<P extends Principal> {
  readonly principal: P;
  readonly expiresAt: string;
}

/**
 * What this page knows of the session. `expired` keeps the principal: the page stays as it is under the sign-in dialog, and only
 * the same principal may take it up again.
 */
export type SessionState<P extends Principal> =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'active' | 'expired'; readonly session: PrincipalSession<P> };

export interface SessionStore<P extends Principal> {
  readonly state: () => SessionState<P>;
  /** Whose session it is; undefined when there is none. One that has expired is still somebody's. */
  readonly principal: () => P | undefined;
  /** Calls `watcher` after each change; returns how to stop. */
  readonly watch: (watcher: () => void) => () => void;
  readonly set: (next: SessionState<P>) => void;
  /** Replaces the principal in the session, after it was changed. */
  readonly setPrincipal: (principal: P) => void;
  /**
   * Whether this browser may hold a session: the cookie itself can't be read. No secret, and no proof; it spares who never
   * signed in a useless question to the server. Where storage is forbidden, the server is always asked.
   */
  readonly mayHaveSession: () => boolean;
}

/**
 * Makes what a page knows of its session; light, so that the first screen may hold it.
 *
 * @param hintKey where the browser remembers that there may be a session
 */
export function createSessionStore<P extends Principal>(hintKey: string): SessionStore<P> {
  let state: SessionState<P> = { kind: 'unknown' };
  const watchers = new Set<() => void>();

  const principal = (): P | undefined =>
    state.kind === 'active' || state.kind === 'expired' ? state.session.principal : undefined;

  const remember = (there: boolean): void => {
    try {
      if (there) window.localStorage.setItem(hintKey, '1');
      else window.localStorage.removeItem(hintKey);
    } catch {
      // Storage forbidden: see mayHaveSession.
    }
  };

  const set = (next: SessionState<P>): void => {
    state = next;
    remember(principal() !== undefined);
    for (const watcher of watchers) watcher();
  };

  return {
    state: () => state,
    principal,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    set,
    setPrincipal: (changed) => {
      if (state.kind === 'active') set({ kind: 'active', session: { ...state.session, principal: changed } });
    },
    mayHaveSession: () => {
      try {
        return window.localStorage.getItem(hintKey) !== null;
      } catch {
        return true;
      }
    },
  };
}

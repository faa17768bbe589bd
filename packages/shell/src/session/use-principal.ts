import { useSyncExternalStore } from 'react';
import type { Principal, SessionState, SessionStore } from './session-store.ts';

export const useSessionState = <P extends Principal>(store: SessionStore<P>): SessionState<P> =>
  useSyncExternalStore(store.watch, store.state);

/** Whose screen it is, behind the guard. Undefined for the moment between signing out and leaving the page. */
export const usePrincipal = <P extends Principal>(store: SessionStore<P>): P | undefined =>
  useSyncExternalStore(store.watch, store.principal);

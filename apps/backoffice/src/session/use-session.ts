import type { Agent } from '@rnoce/schemas/agents';
import { useSyncExternalStore } from 'react';
import { type SessionState, sessionState, watchSession } from './session-store.ts';

export const useSessionState = (): SessionState => useSyncExternalStore(watchSession, sessionState);

/** The agent of a screen behind the guard. Undefined for the moment between signing out and leaving the page. */
export function useAgent(): Agent | undefined {
  const state = useSessionState();
  return state.kind === 'active' || state.kind === 'expired' ? state.session.agent : undefined;
}

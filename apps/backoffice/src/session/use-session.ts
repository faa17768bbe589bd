import type { Agent } from '@rnoce/schemas/agents';
import { usePrincipal } from '@rnoce/shell/use-principal';
import { sessionStore } from './session-store.ts';

/** The agent of a screen behind the guard. Undefined for the moment between signing out and leaving the page. */
export const useAgent = (): Agent | undefined => usePrincipal(sessionStore);

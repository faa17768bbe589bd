import type { Account } from '@rnoce/schemas/account';
import { usePrincipal } from '@rnoce/shell/use-principal';
import { sessionStore } from './session-store.ts';

/** The account of a screen behind the guard. Undefined for the moment between signing out and leaving the page. */
export const useAccount = (): Account | undefined => usePrincipal(sessionStore);

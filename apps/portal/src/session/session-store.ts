import type { Account } from '@rnoce/schemas/account';
import { createSessionStore } from '@rnoce/shell/session-store';

/** What this page knows of the operator's session. */
export const sessionStore = createSessionStore<Account>('rnoce_session');

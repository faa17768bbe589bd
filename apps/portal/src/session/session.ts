import { getCurrentSession, refreshSession, signIn, signOut } from '@rnoce/api-client/sessions';
import type { Account } from '@rnoce/schemas/account';
import type { Session } from '@rnoce/schemas/sessions';
import type { Credentials } from '@rnoce/shell/credentials-form';
import { createSessionKeeper } from '@rnoce/shell/session-keeper';
import { sessionStore } from './session-store.ts';

const ofAccount = ({ data: { account, expiresAt } }: { data: Session }) => ({
  principal: account,
  expiresAt,
});

/** Keeps the operator's session. */
export const sessionKeeper = createSessionKeeper(sessionStore, 'rnoce-session', {
  caller: 'operator',
  current: async (client) => ofAccount(await getCurrentSession(client, {})),
  refresh: async (client) => ofAccount(await refreshSession(client, {})),
  end: async (client) => await signOut(client, {}),
});

/** The client of every screen. */
export const { client } = sessionKeeper;

/** Signs in, for the first time or again. Throws `ApiError`. */
export async function signInHere(credentials: Credentials): Promise<Account> {
  const session = ofAccount(await signIn(client, { body: credentials }));
  sessionKeeper.begin(session);
  return session.principal;
}

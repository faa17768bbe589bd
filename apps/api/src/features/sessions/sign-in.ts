import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import type { AccountRow } from '../accounts/accounts.presenter.ts';
import { findAccountByEmail, requireSamePassword } from '../accounts/accounts.repository.ts';
import { verifyPassword } from '../accounts/passwords.ts';
import { knownDevice, newDeviceToken } from './known-device.ts';
import { endFormerSession, type OpenedSession, openSession } from './sessions.service.ts';
import { withAttempt } from './sign-in-attempts.ts';

interface SignInRequest {
  readonly email: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string;
  /** The refresh token of a session that this browser still has. */
  readonly formerToken: string | undefined;
  /** What this browser kept of an earlier sign-in. */
  readonly deviceToken: string | undefined;
}

/** « Se connecter ». An e-mail that isn't known, one without a password yet and a wrong password are the same. Throws `credentials_wrong`, `locked`. */
export async function signIn(
  deps: Deps,
  { email, password, address, userAgent, formerToken, deviceToken }: SignInRequest,
): Promise<OpenedSession & { account: AccountRow; deviceToken: string }> {
  const device = knownDevice(deps.environment, email, deviceToken);
  const account = await withAttempt(deps, { scope: 'operator', email, device, address }, async () => {
    const found = await findAccountByEmail(deps.database, email);
    const right = await verifyPassword(found?.passwordHash, password);
    if (!found || !right) throw new ProblemError('credentials_wrong');
    return found;
  });
  const at = deps.now();
  const opened = await deps.database.transaction(async (transaction) => {
    // A password changed meanwhile has ended the sessions that it knew of; this one must not outlive it.
    await requireSamePassword(transaction, account);
    await endFormerSession(transaction, formerToken, at);
    return await openSession(transaction, { kind: 'operator', ownerId: account.id }, { now: at, userAgent });
  });
  return {
    ...opened,
    account,
    deviceToken: device && deviceToken ? deviceToken : newDeviceToken(deps.environment, email),
  };
}

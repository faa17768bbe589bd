import {
  changePassword as changePasswordRoute,
  choosePassword as choosePasswordRoute,
  exportAccount as exportAccountRoute,
  getAccount as getAccountRoute,
  getPasswordLink as getPasswordLinkRoute,
  renewPasswordLink as renewPasswordLinkRoute,
  requestPasswordReset as requestPasswordResetRoute,
  signUp as signUpRoute,
  updateAccount,
} from '@rnoce/schemas';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../deps.ts';
import { operatorOf, setSessionCookies } from '../../plugins/principal.ts';
import { serve } from '../../plugins/serve.ts';
import { requireCaptcha } from '../configuration/captcha.ts';
import { cookiesOf } from '../sessions/sessions.service.ts';
import { presentAccount } from './accounts.presenter.ts';
import { getAccount, updateAccountDetails } from './accounts.repository.ts';
import { changePassword } from './change-password.ts';
import { choosePassword } from './choose-password.ts';
import { exportAccount } from './export-account.ts';
import { getPasswordLink, linkState, renewPasswordLink } from './password-links.ts';
import { requestPasswordReset } from './request-password-reset.ts';
import { signUp } from './sign-up.ts';

export function accountsRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, environment, now } = deps;

  serve(app, signUpRoute, async ({ body: { captcha, ...details } }) => {
    // Used up whatever the answer is: a challenge solved once must not test a list of addresses.
    await requireCaptcha(deps, captcha);
    await signUp(deps, details);
    return { email: details.email };
  });

  serve(app, getPasswordLinkRoute, async ({ body: { token } }) => {
    const { link } = await getPasswordLink(database, token);
    return { state: linkState(link, now()), purpose: link.purpose };
  });

  serve(app, renewPasswordLinkRoute, async ({ body: { token } }) => {
    await renewPasswordLink(deps, token);
    return {};
  });

  serve(app, choosePasswordRoute, async ({ body, request }) => {
    const { accountId, purpose } = await choosePassword(deps, body);
    const audit = purpose === 'creation' ? 'sign_up_confirmed' : 'password_reset';
    request.log.info({ audit, caller: `operator ${accountId}` }, 'a password was chosen by a link');
    return undefined;
  });

  serve(app, requestPasswordResetRoute, async ({ body: { email } }) => {
    await requestPasswordReset(deps, email);
    return {};
  });

  serve(app, getAccountRoute, async ({ request }) =>
    presentAccount(await getAccount(database, operatorOf(request).accountId)),
  );

  serve(app, updateAccount, async ({ body: { locale, phone, address }, request }) => {
    const changes = {
      ...(locale === undefined ? {} : { locale }),
      ...(phone === undefined ? {} : { phone }),
      ...(address === undefined ? {} : { address }),
    };
    return presentAccount(
      await updateAccountDetails(database, operatorOf(request).accountId, changes, now()),
    );
  });

  serve(app, changePasswordRoute, async ({ body, request, reply }) => {
    const { accountId, sessionId } = operatorOf(request);
    const caller = { accountId, sessionId, address: request.ip };
    const opened = await changePassword({ ...deps, log: request.log }, caller, body);
    setSessionCookies(app, reply, environment, cookiesOf('operator', opened));
    const changed = { audit: 'password_changed', sessionId, nextSessionId: opened.session.id };
    request.log.info(changed, 'password changed');
    return undefined;
  });

  serve(app, exportAccountRoute, async ({ request, reply }) => {
    reply.header('content-disposition', 'attachment; filename="rnoce-export.json"');
    return await exportAccount(deps, operatorOf(request).accountId);
  });
}

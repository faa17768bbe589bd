import type { Deps } from '../deps.ts';
import type { Mailer } from '../integrations/mail/mailer.ts';
import { applyCustomsRequest, giveUpCustomsRequest } from './apply-customs-request.ts';
import { askRegistry } from './ask-registry.ts';
import { checkSettlementFiles } from './check-settlement-files.ts';
import { cleanUp } from './clean-up.ts';
import { inquireAttempt } from './inquire-attempt.ts';
import { inquireAttempts } from './inquire-attempts.ts';
import { capturePayment, voidPayment } from './move-money.ts';
import { giveUpAccount, openSingleWindowAccount } from './open-single-window-account.ts';
import { processMessages } from './process-messages.ts';
import type { GivenUpHandlers, JobHandlers } from './queue.ts';
import { giveUpRegistration, registerOperator } from './register-operator.ts';
import { resetPassword } from './reset-password.ts';
import { scanDocument } from './scan-document.ts';
import { sendEmail } from './send-email.ts';

/** The handler of each kind of job. */
export const jobHandlers = (deps: Deps, mailer: Mailer): JobHandlers => ({
  'ask-registry': (data, signal) => askRegistry(deps, data, signal),
  'register-operator': (data, signal) => registerOperator(deps, data, signal),
  'apply-customs-request': (data, signal) => applyCustomsRequest(deps, data, signal),
  'open-single-window-account': (data, signal) => openSingleWindowAccount(deps, data, signal),
  'scan-document': (data) => scanDocument(deps, data),
  'inquire-attempt': (data, signal) => inquireAttempt(deps, data, signal),
  'capture-payment': (data, signal) => capturePayment(deps, data, signal),
  'void-payment': (data, signal) => voidPayment(deps, data, signal),
  'inquire-attempts': (_data, signal) => inquireAttempts(deps, signal),
  'process-messages': () => processMessages(deps),
  'check-settlement-files': () => checkSettlementFiles(deps),
  'clean-up': () => cleanUp(deps),
  'send-email': (data) => sendEmail(deps, mailer, data),
  'reset-password': (data) => resetPassword(deps, data),
});

/** What becomes of the jobs that were given up: an agent finds their subject refused, and may ask again. */
export const givenUpHandlers = (deps: Deps): GivenUpHandlers => ({
  'register-operator': (data) => giveUpRegistration(deps, data),
  'apply-customs-request': (data) => giveUpCustomsRequest(deps, data),
  'open-single-window-account': (data) => giveUpAccount(deps, data),
});

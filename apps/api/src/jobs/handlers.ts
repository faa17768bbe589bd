import type { Deps } from '../deps.ts';
import type { Mailer } from '../integrations/mail/mailer.ts';
import { askRegistry } from './ask-registry.ts';
import { cleanUp } from './clean-up.ts';
import type { JobHandlers } from './queue.ts';
import { registerOperator } from './register-operator.ts';
import { resetPassword } from './reset-password.ts';
import { scanDocument } from './scan-document.ts';
import { sendEmail } from './send-email.ts';

/** The handler of each kind of job. */
export const jobHandlers = (deps: Deps, mailer: Mailer): JobHandlers => ({
  'ask-registry': (data, signal) => askRegistry(deps, data, signal),
  'register-operator': (data, signal) => registerOperator(deps, data, signal),
  'scan-document': (data) => scanDocument(deps, data),
  'clean-up': () => cleanUp(deps),
  'send-email': (data) => sendEmail(deps, mailer, data),
  'reset-password': (data) => resetPassword(deps, data),
});

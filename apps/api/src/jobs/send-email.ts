import type { Deps } from '../deps.ts';
import { sendEmail as sendQueuedEmail } from '../features/emails/send-email.ts';
import type { Mailer } from '../integrations/mail/mailer.ts';
import type { JobData } from './queue.ts';

/** Sends a queued e-mail. */
export const sendEmail = (deps: Deps, mailer: Mailer, { emailId }: JobData['send-email']): Promise<void> =>
  sendQueuedEmail(deps, mailer, emailId);

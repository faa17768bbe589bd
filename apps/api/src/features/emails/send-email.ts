import type { Locale } from '@rnoce/schemas';
import { and, eq, sql } from 'drizzle-orm';
import { emails } from '../../db/schema/emails.ts';
import type { Deps } from '../../deps.ts';
import {
  type MailAttachment,
  type Mailer,
  MailPermanentError,
  messageIdOf,
} from '../../integrations/mail/mailer.ts';
import type { EmailTemplate, EmailTemplateData } from './emails.templates.ts';
import { renderEmail } from './render-email.ts';

/** Fields that open something: gone from the row once the e-mail has left, or never will. */
const secretFields: Readonly<Record<EmailTemplate, readonly string[]>> = {
  account_creation: ['path'],
  agent_access_changed: [],
  agent_invitation: ['path'],
  password_reset: ['path'],
  password_changed: [],
  registry_confirmation: ['code'],
  subscription_received: [],
  filing_incomplete: [],
  filing_validated: [],
  single_window_account_opened: [],
  user_emails_changed: [],
  control_confirmed: [],
  message_received: [],
  message_received_by_agent: [],
  customs_request_received: [],
  cancellation_notice: [],
  customs_request_accepted: [],
  customs_request_rejected: [],
  customs_request_closed: [],
  payment_reference: ['reference'],
  payment_receipt: [],
  payment_refund_due: [],
  payment_refunded: [],
  payment_taken_back: [],
  api_key_made: [],
  webhook_disabled: [],
};

/**
 * What goes with an e-mail, made when it leaves; undefined when what it tells is no longer so, and it must not leave. Composed by the job, since
 * e-mails know no feature.
 */
export type AttachmentsOf = (email: {
  readonly template: EmailTemplate;
  readonly data: EmailTemplateData[EmailTemplate];
  readonly locale: Locale;
}) => Promise<readonly MailAttachment[] | undefined>;

/**
 * Sends one queued e-mail. One that has left is not sent again; killed between the sending and the note of it, it leaves a second time under
 * the same Message-ID, by which mail programs show it once. Throws when the mail server can't take it now: the queue tries again. One
 * that it refuses for good is marked `failed`, and the log says so.
 */
export async function sendEmail(
  { database, environment, log, now }: Pick<Deps, 'database' | 'environment' | 'log' | 'now'>,
  mailer: Mailer,
  emailId: string,
  attachmentsOf: AttachmentsOf = async () => [],
): Promise<void> {
  const queued = and(eq(emails.id, emailId), eq(emails.status, 'queued'));
  const [row] = await database.select().from(emails).where(queued);
  if (!row) return;
  const template = row.template as EmailTemplate;
  const data = row.data as EmailTemplateData[typeof template];
  const withoutSecrets = sql`${emails.data} - ${sql.param([...secretFields[template]])}::text[]`;
  const attachments = await attachmentsOf({ template, data, locale: row.locale });
  if (!attachments) {
    const lastError = 'what it tells is no longer so';
    await database.update(emails).set({ status: 'failed', lastError, data: withoutSecrets }).where(queued);
    log.info({ emailId, template }, 'an e-mail was overtaken by events');
    return;
  }
  try {
    await mailer.send({
      ...renderEmail(template, data, row.locale, environment),
      to: row.to,
      messageId: messageIdOf(row.id, environment.MAIL_FROM),
      attachments,
    });
  } catch (error) {
    const lastError = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    const attempts = sql`${emails.attempts} + 1`;
    if (!(error instanceof MailPermanentError)) {
      await database.update(emails).set({ attempts, lastError }).where(queued);
      throw error;
    }
    await database
      .update(emails)
      .set({ status: 'failed', attempts, lastError, data: withoutSecrets })
      .where(queued);
    log.error({ err: error, emailId, template }, 'an e-mail was refused for good');
    return;
  }
  await database
    .update(emails)
    .set({
      status: 'sent',
      sentAt: now(),
      attempts: sql`${emails.attempts} + 1`,
      lastError: null,
      data: withoutSecrets,
    })
    .where(queued);
}

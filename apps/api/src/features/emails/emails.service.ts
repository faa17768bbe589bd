import type { AccountId, Locale } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import { emails } from '../../db/schema/emails.ts';
import type { JobQueue } from '../../jobs/queue.ts';
import type { EmailTemplate, EmailTemplateData } from './emails.templates.ts';

export interface QueuedEmail<Template extends EmailTemplate> {
  /** Names the event that the e-mail tells, for ever: the same event is told once. */
  readonly event: string;
  readonly template: Template;
  readonly data: EmailTemplateData[Template];
  readonly to: string;
  readonly locale: Locale;
  readonly accountId: AccountId | null;
}

/** Queues an e-mail in the transaction of the change that it tells; an event told before is not told again. */
export async function queueEmail<Template extends EmailTemplate>(
  transaction: Transaction,
  jobs: JobQueue,
  email: QueuedEmail<Template>,
): Promise<void> {
  const [row] = await transaction
    .insert(emails)
    .values({ ...email, data: { ...email.data } })
    .onConflictDoNothing({ target: emails.event })
    .returning({ id: emails.id });
  if (row) await jobs.send(transaction, 'send-email', { emailId: row.id });
}

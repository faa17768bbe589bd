import { randomUUID } from 'node:crypto';
import type { Locale } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { queueEmail } from '../emails/emails.service.ts';
import type { EmailTemplateData } from '../emails/emails.templates.ts';

/** Tells an agent by e-mail that what opens their session has changed, in the transaction that changes it (OWASP ASVS 5.0, 6.3.7). */
export async function tellAccessChanged(
  tx: Transaction,
  { jobs }: Pick<Deps, 'jobs'>,
  { email, locale }: { readonly email: string; readonly locale: Locale },
  change: EmailTemplateData['agent_access_changed']['change'],
  at: Date,
): Promise<void> {
  await queueEmail(tx, jobs, {
    event: `agent-access-changed:${randomUUID()}`,
    template: 'agent_access_changed',
    data: { change, at: at.toISOString() },
    to: email,
    locale,
    accountId: null,
  });
}

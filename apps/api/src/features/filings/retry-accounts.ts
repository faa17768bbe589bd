import type { AccountId, Dossier, EmailChange, FilingId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { requeueRefused } from '../single-window/requeue-refused.ts';
import { getDossier } from './dossier.service.ts';
import { getFilingOf, lockFiling } from './filings.repository.ts';
import { recordEmailChanges } from './filings.transitions.ts';

/**
 * Asks the single window again for the accounts that it refused. Where another address is given for a user, the history tells it and so
 * does an e-mail to the operator, all in one transaction. Throws `not_found`, `accounts_not_refused`, `validation`.
 */
export async function retryAccounts(
  { database, now, jobs }: Pick<Deps, 'database' | 'now' | 'jobs'>,
  agent: AgentPrincipal,
  id: FilingId,
  emails: readonly EmailChange[],
): Promise<Dossier> {
  const at = now();
  return await database.transaction(async (tx) => {
    const filing = await lockFiling(tx, agent.authority, id);
    const changes = await requeueRefused(tx, { jobs }, id, emails, at);
    if (changes.length > 0) {
      const history = await recordEmailChanges(
        tx,
        filing,
        agent.agentId,
        changes.map(({ from, to }) => ({ from, to })),
        at,
      );
      const { account, code, subscription } = await getFilingOf(tx, agent.authority, id);
      await queueEmail(tx, jobs, {
        event: `user_emails_changed:${history}`,
        to: account.email,
        locale: account.locale,
        accountId: filing.accountId as AccountId,
        template: 'user_emails_changed',
        data: {
          legalName: account.legalName,
          code,
          changes,
          path: `/espace-prive/demandes/${subscription.id}`,
        },
      });
    }
    return await getDossier(tx, agent, id);
  });
}

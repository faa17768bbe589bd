import type { AccountId, Dossier, FilingId, SubscriptionId } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { violatedIndex } from '../../db/database.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { queueEmail } from '../emails/emails.service.ts';
import { operatorAlreadyRegistered } from '../subscriptions/subscriptions.errors.ts';
import { lockSubscription } from '../subscriptions/subscriptions.repository.ts';
import { getDossier } from './dossier.service.ts';
import { assertUnchanged } from './filings.errors.ts';
import { changeFiling, getFilingOf, lockFiling } from './filings.repository.ts';
import { recordControl } from './filings.transitions.ts';

/**
 * « Confirmer le contrôle »: an agent saw that the account of an attached filing acts for the operator, where the mailbox that BADR holds can't show it.
 * From then on it is what the code would have made it: the place is the account's, its operations are open, and BADR's people are shown. The act, with
 * the evidence in the agent's words, the history and the e-mail are one transaction.
 * Throws `not_found`, `control_already_proven`, `stale`, and `operator_already_registered` when another account holds the operator's place.
 */
export async function confirmControl(
  { database, now, jobs }: Pick<Deps, 'database' | 'now' | 'jobs'>,
  agent: AgentPrincipal,
  id: FilingId,
  seen: number,
  note: string,
): Promise<Dossier> {
  const at = now();
  try {
    return await database.transaction(async (tx) => {
      const { subscription, account, code } = await getFilingOf(tx, agent.authority, id);
      const accountId = subscription.accountId as AccountId;
      // The subscription before its filings, as everywhere.
      await lockSubscription(tx, accountId, subscription.id as SubscriptionId);
      const filing = await lockFiling(tx, agent.authority, id);
      if (!filing.attached || filing.controlProvenAt) throw new ProblemError('control_already_proven');
      assertUnchanged(filing, seen);
      await changeFiling(tx, filing, { controlProvenAt: at, controlProvenBy: agent.agentId });
      await tx
        .update(subscriptions)
        .set({ registryConfirmedAt: at, registryCodeHash: null, registryCodeExpiresAt: null })
        .where(eq(subscriptions.id, subscription.id));
      const history = await recordControl(tx, filing, agent.agentId, note, at);
      await queueEmail(tx, jobs, {
        event: `control_confirmed:${history}`,
        to: account.email,
        locale: account.locale,
        accountId,
        template: 'control_confirmed',
        data: { legalName: account.legalName, code, path: `/espace-prive/demandes/${subscription.id}` },
      });
      return await getDossier(tx, agent, id);
    });
  } catch (error) {
    if (violatedIndex(error) === 'filings_live_operator') throw operatorAlreadyRegistered();
    throw error;
  }
}

import {
  type AccountId,
  type Authority,
  authorities,
  type CreateSubscriptionBody,
  casablancaDate,
  dossierCode,
  type Issue,
  type SectionsDraft,
  type SubscriptionId,
  type SubscriptionIdentifiers,
} from '@rnoce/schemas';
import { eq, sql } from 'drizzle-orm';
import { type Transaction, violatedIndex } from '../../db/database.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import type { BadrLookup } from '../../integrations/badr/badr-gateway.ts';
import { invalid, ProblemError } from '../../plugins/problems.ts';
import { openFiling } from '../filings/filings.transitions.ts';
import { fillFromRegistry, type RegistryAnswer, registryAnswer, visibleRecord } from './registry.policy.ts';
import { canChoose } from './subscription-options.ts';
import { authorityUnavailable, operatorAlreadyRegistered } from './subscriptions.errors.ts';
import { formContext, loadRuleContext, type RuleContext } from './subscriptions.form.ts';
import { isFiledByAnother, listFiledAuthorities } from './subscriptions.repository.ts';

/** When to try again while BADR is away, in seconds. */
const registryRetrySeconds = 30;

const differing = (fields: readonly string[]): Issue[] =>
  fields.map((field) => ({ pointer: `/identifiers/${field}`, code: 'differs_from_registry' }));

/**
 * « update_only » stands on BADR's word, so it can't go on without it; a registration can: unknown, known otherwise (the mismatch is
 * kept) and unavailable all open a draft.
 */
function assertKnown(purpose: CreateSubscriptionBody['purpose'], lookup: BadrLookup): void {
  if (purpose !== 'update_only') return;
  switch (lookup.status) {
    case 'registered':
      return;
    case 'mismatch':
      throw new ProblemError('identifiers_differ', { issues: differing(lookup.fields) });
    case 'not_registered':
      throw new ProblemError('operator_unknown_to_customs');
    case 'unavailable':
      throw new ProblemError('registry_unavailable', { retryAfterSeconds: registryRetrySeconds });
  }
}

/** The form of a new draft: the identifiers carried over, and what the operator may see of BADR's record. */
function firstSections(
  identifiers: SubscriptionIdentifiers,
  chosen: readonly Authority[],
  answer: RegistryAnswer,
  rules: RuleContext,
): Partial<SectionsDraft> {
  const context = formContext({ operatorType: identifiers.operatorType, authorities: chosen }, rules);
  return fillFromRegistry({ company: { ...identifiers } }, visibleRecord(answer), context);
}

async function nextSequence(tx: Transaction): Promise<bigint> {
  const { rows } = await tx.execute<{ next: string }>(sql`select nextval('subscription_sequence') as next`);
  const [row] = rows;
  if (!row) throw new Error('the sequence gave no number');
  return BigInt(row.next);
}

/** The account's e-mail once its link was used, else null: an address that nobody proved to own opens nothing. */
async function confirmedEmail(deps: Pick<Deps, 'database'>, accountId: AccountId): Promise<string | null> {
  const [account] = await deps.database
    .select({ email: accounts.email, confirmedAt: accounts.emailConfirmedAt })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  return account?.confirmedAt ? account.email : null;
}

/**
 * « Vérification du compte »: asks BADR, then opens a draft with a filing per authority. BADR is asked outside of any transaction, and its
 * adapter answers within its time limit whatever BADR does.
 * Throws `authority_unavailable`, `operator_already_registered`, and for « update_only » what `assertKnown` says.
 */
export async function createSubscription(
  deps: Deps,
  accountId: AccountId,
  body: CreateSubscriptionBody,
): Promise<SubscriptionId> {
  const { database, badr, jobs, now } = deps;
  const { identifiers, purpose } = body;
  if (!identifiers) throw authorityUnavailable();
  const { operatorType, email, ...asked } = identifiers;
  const chosen: Authority[] = authorities.filter((authority) => body.authorities.includes(authority));
  const rules = await loadRuleContext(deps);
  if (!rules.has('rc-centres', identifiers.rcCentre))
    throw invalid([{ pointer: '/identifiers/rcCentre', code: 'not_in_list' }]);
  if (!canChoose(chosen, await listFiledAuthorities(database, accountId))) throw authorityUnavailable();
  if (await isFiledByAnother(database, accountId, { authorities: chosen, operatorType, ice: asked.ice }))
    throw operatorAlreadyRegistered();
  const ownEmail = await confirmedEmail(deps, accountId);

  const lookup = await badr.findOperator({ operatorType, ...asked });
  assertKnown(purpose, lookup);
  const at = now();
  const answer = registryAnswer(lookup, ownEmail, at);
  const sections = firstSections(identifiers, chosen, answer, rules);
  try {
    return await database.transaction(async (tx) => {
      const [subscription] = await tx
        .insert(subscriptions)
        .values({
          ...answer,
          accountId,
          code: dossierCode(casablancaDate(at), operatorType, await nextSequence(tx)),
          authorities: chosen,
          purpose,
          operatorType,
          identifiers: { email, ...asked },
          sections,
          savedAt: at,
          createdAt: at,
        })
        .returning({ id: subscriptions.id });
      if (!subscription) throw new Error('the subscription was not written');
      const { id: subscriptionId } = subscription;
      const legalName = sections.company?.legalName ?? '';
      for (const authority of chosen)
        await openFiling(tx, {
          subscriptionId,
          accountId,
          authority,
          operatorType,
          ice: asked.ice,
          legalName,
          createdAt: at,
        });
      if (answer.registryStatus === 'unavailable') await jobs.send(tx, 'ask-registry', { subscriptionId });
      return subscriptionId as SubscriptionId;
    });
  } catch (error) {
    if (violatedIndex(error) === 'filings_account_authority') throw authorityUnavailable();
    throw error;
  }
}

import {
  type AccountId,
  type Authority,
  authorities,
  type CreateSubscriptionBody,
  type Issue,
  type SectionsDraft,
  type SubscriptionId,
  type SubscriptionIdentifiers,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import type { Deps } from '../../deps.ts';
import type { BadrLookup } from '../../integrations/badr/badr-gateway.ts';
import { invalid, notFound, ProblemError } from '../../plugins/problems.ts';
import { openAuthorities } from '../configuration/open-authorities.ts';
import { openDraft } from './open-draft.ts';
import { openPortnetDraft } from './open-portnet-draft.ts';
import { fillFromRegistry, type RegistryAnswer, registryAnswer, visibleRecord } from './registry.policy.ts';
import { canChoose } from './subscription-options.ts';
import { authorityUnavailable, operatorAlreadyRegistered } from './subscriptions.errors.ts';
import { formContext, loadRuleContext, type RuleContext } from './subscriptions.form.ts';
import { isFiledByAnother, listFiled } from './subscriptions.repository.ts';

interface Verification extends Pick<CreateSubscriptionBody, 'purpose'> {
  readonly identifiers: SubscriptionIdentifiers;
  readonly authorities: readonly Authority[];
}

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

interface OwnAccount {
  /** Null until its link was used: an address that nobody proved to own opens nothing. */
  readonly email: string | null;
  /** As they were given at sign-up. */
  readonly given: { readonly legalName: string; readonly phone: string };
}

async function getOwnAccount(deps: Pick<Deps, 'database'>, accountId: AccountId): Promise<OwnAccount> {
  const [account] = await deps.database.select().from(accounts).where(eq(accounts.id, accountId));
  if (!account) throw notFound();
  const { email, emailConfirmedAt, legalName, phone } = account;
  return { email: emailConfirmedAt ? email : null, given: { legalName, phone } };
}

/**
 * The form of a new draft: the identifiers carried over, what the operator may see of BADR's record, and for a company that BADR doesn't know
 * what was given at sign-up. While BADR is away that is left empty: its record, when it comes, fills only what is.
 */
function firstSections(
  { identifiers, authorities: chosen }: Verification,
  answer: RegistryAnswer,
  { given }: OwnAccount,
  rules: RuleContext,
): Partial<SectionsDraft> {
  const context = formContext({ operatorType: identifiers.operatorType, authorities: chosen }, rules);
  const isUnknown = answer.registryStatus === 'not_registered' && answer.registryMismatch.length === 0;
  const company = { ...(isUnknown ? given : {}), ...identifiers };
  return fillFromRegistry({ company }, visibleRecord(answer), context);
}

/** The draft of an operator who gives their identifiers, or, for PortNet alone, goes on from what customs was sent. */
export async function createSubscription(
  deps: Deps,
  accountId: AccountId,
  { identifiers, authorities: asked, purpose }: CreateSubscriptionBody,
): Promise<SubscriptionId> {
  if (!identifiers) return await openPortnetDraft(deps, accountId);
  const chosen = authorities.filter((authority) => asked.includes(authority));
  return await verifyAccount(deps, accountId, { identifiers, purpose, authorities: chosen });
}

/**
 * « Vérification du compte »: asks BADR, then opens a draft with a filing per authority. BADR is asked outside of any transaction, and its
 * adapter answers within its time limit whatever BADR does.
 * Throws `authority_unavailable`, `operator_already_registered`, and for « update_only » what `assertKnown` says.
 */
async function verifyAccount(
  deps: Deps,
  accountId: AccountId,
  verification: Verification,
): Promise<SubscriptionId> {
  const { identifiers, purpose, authorities: chosen } = verification;
  const { database, badr, now, environment } = deps;
  const { operatorType, email, ...asked } = identifiers;
  const rules = await loadRuleContext(deps);
  if (!rules.has('rc-centres', identifiers.rcCentre))
    throw invalid([{ pointer: '/identifiers/rcCentre', code: 'not_in_list' }]);
  const filed = await listFiled(database, accountId);
  if (!canChoose(chosen, filed, openAuthorities(environment))) throw authorityUnavailable();
  if (await isFiledByAnother(database, accountId, { authorities: chosen, operatorType, ice: asked.ice }))
    throw operatorAlreadyRegistered();
  const own = await getOwnAccount(deps, accountId);

  const lookup = await badr.findOperator({ operatorType, ...asked });
  assertKnown(purpose, lookup);
  const at = now();
  const answer = registryAnswer(lookup, own.email, at);
  const draft = {
    ...answer,
    accountId,
    authorities: [...chosen],
    purpose,
    operatorType,
    identifiers: { email, ...asked },
    sections: firstSections(verification, answer, own, rules),
  };
  return await database.transaction((tx) => openDraft(tx, deps, draft, at));
}

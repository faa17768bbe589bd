import { type AccountId, type FormContext, partOf, type SubscriptionId } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { filings } from '../../db/schema/filings.ts';
import type { Deps } from '../../deps.ts';
import { openAuthorities } from '../configuration/open-authorities.ts';
import { copyDocuments } from '../documents/copy-documents.ts';
import { keyItems } from './item-keys.ts';
import { openDraft } from './open-draft.ts';
import { fillBankAccount, visibleRecord } from './registry.policy.ts';
import { canChoose } from './subscription-options.ts';
import { authorityUnavailable, operatorAlreadyRegistered } from './subscriptions.errors.ts';
import { formContext, loadRuleContext, mustReplace } from './subscriptions.form.ts';
import {
  isFiledByAnother,
  listCurrentDocuments,
  listFiled,
  lockSubscription,
  type SubscriptionRecord,
} from './subscriptions.repository.ts';

/**
 * The subscription with which the account went to customs, locked. Of a validated one the company has the name that customs know: an update may have
 * changed it since.
 */
async function lockCustoms(tx: Transaction, accountId: AccountId): Promise<SubscriptionRecord> {
  const [filing] = await tx
    .select({ subscriptionId: filings.subscriptionId })
    .from(filings)
    .where(and(eq(filings.accountId, accountId), eq(filings.authority, 'customs')));
  const locked = filing && (await lockSubscription(tx, accountId, filing.subscriptionId as SubscriptionId));
  if (!locked) throw authorityUnavailable();
  const { subscription } = locked;
  const validated = locked.filings.find(
    ({ authority, status }) => authority === 'customs' && status === 'validated',
  );
  if (!validated) return subscription;
  const { sections } = subscription;
  return {
    ...subscription,
    sections: { ...sections, company: { ...sections.company, legalName: validated.legalName } },
  };
}

/**
 * « PORTNET » alone, once customs was sent its part: a draft of its own, which starts from the customs form as it stands (company, managers),
 * its documents and BADR's answer. A document that an agent refused, or in which a threat was found, is to be given again.
 * Throws `authority_unavailable` and `operator_already_registered`. See docs/decisions/015.
 */
export async function openPortnetDraft(deps: Deps, accountId: AccountId): Promise<SubscriptionId> {
  const authorities: FormContext['authorities'] = ['portnet'];
  const rules = await loadRuleContext(deps);
  return await deps.database.transaction(async (tx) => {
    const customs = await lockCustoms(tx, accountId);
    const filed = await listFiled(tx, accountId);
    if (!canChoose(authorities, filed, openAuthorities(deps.environment))) throw authorityUnavailable();
    const { operatorType, identifiers } = customs;
    const operator = { authorities, operatorType, ice: identifiers.ice };
    if (await isFiledByAnother(tx, accountId, operator)) throw operatorAlreadyRegistered();
    const { registryStatus, registryCheckedAt, registryMismatch, registryRecord, registryConfirmedAt } =
      customs;
    const context = formContext({ operatorType, authorities }, rules);
    const part = keyItems(partOf(customs.sections, context));
    const at = deps.now();
    const id = await openDraft(
      tx,
      deps,
      {
        registryStatus,
        registryCheckedAt,
        registryMismatch,
        registryRecord,
        registryConfirmedAt,
        accountId,
        authorities: [...authorities],
        purpose: 'registration',
        operatorType,
        identifiers,
        sections: fillBankAccount(part, visibleRecord(customs), context),
      },
      at,
    );
    const standing = await listCurrentDocuments(tx, [customs.id]);
    const good = standing.filter((document) => !mustReplace(document)).map(({ version }) => version);
    await copyDocuments(tx, deps, good, { id });
    return id;
  });
}

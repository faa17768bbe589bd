import { type ContractView, casablancaDate, judgeForm, type ReferenceList } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { WorkersBusy, WorkersUnavailable } from '../../integrations/worker-pool/worker-pool.ts';
import { invalid } from '../../plugins/problems.ts';
import { drawVerificationCode } from '../../verification-code.ts';
import type { DocumentOf } from '../documents/documents.repository.ts';
import { findOpenSubscription, lockOpenSubscription } from '../documents/open-form.ts';
import { storeFile } from '../documents/store-file.ts';
import { claimStray } from '../documents/stray-files.ts';
import { typesettingBusy } from '../receipts/receipts.errors.ts';
import { formContext, loadRuleContext } from '../subscriptions/subscriptions.form.ts';
import type { FormQueries, SubscriptionRecord } from '../subscriptions/subscriptions.repository.ts';
import { contractData, contractDataHash } from './contract-data.ts';
import { type ContractFile, type ContractMarks, makeContract, type NameCode } from './contract-document.ts';
import { contractNotAsked, tooManyContracts } from './contracts.errors.ts';
import { loadContractView } from './contracts.presenter.ts';
import {
  addContract,
  type ContractRecord,
  countContractsSince,
  drawContractSequence,
  findLastContract,
  listLastContracts,
} from './contracts.repository.ts';

/** Versions that one form makes in a day. They are kept for ever, so more would fill the storage. */
const contractsPerDay = 100;
/** Tries to make the contract of a form that is saved meanwhile. */
const maxTries = 3;
/** Seconds after which to try again when the thread that makes documents doesn't start, or the form keeps changing. */
const retrySeconds = 5;

/** The form, if it can have a contract now: open, with PortNet, and its sections complete; else every issue at once. */
async function readForm(deps: Deps, queries: FormQueries, asked: DocumentOf): Promise<SubscriptionRecord> {
  const subscription = await findOpenSubscription(queries, asked);
  if (!subscription.authorities.includes('portnet')) throw contractNotAsked();
  const { issues } = judgeForm({
    context: formContext(subscription, await loadRuleContext(deps)),
    sections: subscription.sections,
    documents: [],
  });
  // The contract says nothing of the documents, which may be given after it.
  const missing = issues.filter(({ pointer }) => !pointer.startsWith('/documents/'));
  if (missing.length > 0) throw invalid(missing);
  return subscription;
}

async function assertFewContracts({ database, environment, now }: Deps, id: string): Promise<void> {
  if (!environment.RATE_LIMITS) return;
  const dayAgo = new Date(now().getTime() - 86_400_000);
  if ((await countContractsSince(database, id, dayAgo)) >= contractsPerDay) throw tooManyContracts();
}

/** Centres and towns are shown with their codes, as in the form; a bank by its name. */
async function loadNames({ references }: Deps): Promise<NameCode> {
  const lists = new Map<ReferenceList, ReadonlyMap<string, string>>();
  for (const list of ['rc-centres', 'cities', 'banks'] as const) {
    const { items } = await references.get(list);
    lists.set(list, new Map(items.map(({ code, label }) => [code, label])));
  }
  return (list, code) => {
    const label = lists.get(list)?.get(code);
    if (label === undefined) return code;
    return list === 'banks' ? label : `${code} ${label}`;
  };
}

async function setContract(
  deps: Deps,
  subscription: SubscriptionRecord,
  marks: ContractMarks,
): Promise<ContractFile> {
  try {
    return await makeContract(deps, contractData(subscription), marks, await loadNames(deps));
  } catch (error) {
    if (error instanceof WorkersBusy) throw typesettingBusy(error.retryAfterSeconds, error);
    if (error instanceof WorkersUnavailable) throw typesettingBusy(retrySeconds, error);
    throw error;
  }
}

/** `CT-2026-0000000042`: the year of the first version in Casablanca, and the next number of the one sequence. */
async function drawNumber({ database }: Deps, at: Date): Promise<string> {
  const sequence = await drawContractSequence(database);
  return `CT-${casablancaDate(at).slice(0, 4)}-${sequence.padStart(10, '0')}`;
}

/** Makes and stores the next version, then writes it, unless the form or its contract became another meanwhile: undefined. */
async function issueNext(
  deps: Deps,
  asked: DocumentOf,
  subscription: SubscriptionRecord,
  last: ContractRecord | undefined,
): Promise<ContractRecord | undefined> {
  await assertFewContracts(deps, subscription.id);
  const issuedAt = deps.now();
  const dataHash = contractDataHash(subscription);
  const marks: ContractMarks = {
    number: last?.number ?? (await drawNumber(deps, issuedAt)),
    version: (last?.version ?? 0) + 1,
    code: drawVerificationCode(),
    issuedAt,
  };
  const { bytes, sha256 } = await setContract(deps, subscription, marks);
  const storageKey = await storeFile(deps, { kind: 'contracts', bytes, sha256 });
  return await deps.database.transaction(async (tx) => {
    const standing = await lockOpenSubscription(tx, asked);
    if (contractDataHash(standing) !== dataHash) return undefined;
    const [newest] = await listLastContracts(tx, [standing.id]);
    // A twin of this request was faster: its contract is the one, and this file is left to the clean-up.
    if (newest?.dataHash === dataHash) return newest;
    if (newest?.id !== last?.id) return undefined;
    await claimStray(tx, storageKey);
    return await addContract(tx, {
      ...marks,
      subscriptionId: standing.id,
      dataHash,
      sha256,
      sizeBytes: bytes.length,
      storageKey,
    });
  });
}

/**
 * Makes the contract of a form as it stands. The same data give the contract that was issued last; other data give the next version, of the same
 * number, which voids it. Two requests at once give one contract.
 * Throws `not_found`, `subscription_not_editable`, `contract_not_asked`, `validation` with every pointer, `rate_limited`, `overloaded`,
 * `storage_unavailable`.
 */
export async function issueContract(
  deps: Deps,
  queries: FormQueries,
  given: Omit<DocumentOf, 'document'>,
): Promise<ContractView> {
  const asked: DocumentOf = { ...given, document: 'contract' };
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const subscription = await readForm(deps, queries, asked);
    const last = await findLastContract(deps.database, asked.accountId, asked.id);
    const issued =
      last?.dataHash === contractDataHash(subscription)
        ? last
        : await issueNext(deps, asked, subscription, last);
    const view = issued && (await loadContractView(deps.database, subscription));
    if (view) return view;
  }
  throw typesettingBusy(retrySeconds, new Error('the form changed while its contract was made'));
}

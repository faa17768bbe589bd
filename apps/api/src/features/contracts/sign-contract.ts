import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import {
  type ContractView,
  type SignatureFindings,
  type SignatureReason,
  type SignatureWay,
  signatureReasons,
} from '@rnoce/schemas';
import type { FastifyRequest } from 'fastify';
import type { Transaction } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import type {
  CertificateName,
  SignatureVerdict,
} from '../../integrations/pdf-signature/signature-verdict.ts';
import { FileMissing, StorageUnavailable } from '../../integrations/storage/storage-errors.ts';
import { WorkersBusy, WorkersUnavailable } from '../../integrations/worker-pool/worker-pool.ts';
import { inspectionBusy, storageUnavailable } from '../documents/documents.errors.ts';
import type { DocumentOf } from '../documents/documents.repository.ts';
import type { JudgedFile } from '../documents/judge-file.ts';
import { findOpenSubscription, lockOpenSubscription } from '../documents/open-form.ts';
import { uploadVersion } from '../documents/upload-version.ts';
import type { FormQueries, SubscriptionRecord } from '../subscriptions/subscriptions.repository.ts';
import { contractDataHash } from './contract-data.ts';
import { contractNotAsked, contractNotIssued, contractRefused, contractVoid } from './contracts.errors.ts';
import { contractState, loadContractView } from './contracts.presenter.ts';
import {
  addSigned,
  type ContractRecord,
  findLastContract,
  isOfAnother,
  listIssued,
  listLastContracts,
} from './contracts.repository.ts';

/** When to try again while the check doesn't work, in seconds. */
const checkRetrySeconds = 30;

/** The contract that may come back signed now: issued, and still what the form says. */
async function readContractInForce(
  { database }: Deps,
  queries: FormQueries,
  asked: DocumentOf,
): Promise<ContractRecord> {
  const subscription = await findOpenSubscription(queries, asked);
  if (!subscription.authorities.includes('portnet')) throw contractNotAsked();
  const contract = await findLastContract(database, asked.accountId, asked.id);
  if (!contract) throw contractNotIssued();
  if (contractState(contract, subscription) === 'void') throw contractVoid();
  return contract;
}

/** The bytes as they were issued. Throws `storage_unavailable`. */
async function readIssued({ storage }: Deps, { storageKey, sha256 }: ContractRecord): Promise<Buffer> {
  const bytes = await storage
    .get(storageKey)
    .then(buffer)
    .catch((error: unknown) => {
      if (error instanceof StorageUnavailable || error instanceof FileMissing)
        throw storageUnavailable(error);
      throw error;
    });
  if (hashOf(bytes) !== sha256) throw new Error('the storage gave another contract than was issued');
  return bytes;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Throws `inspection_busy`, which says nothing of the file. */
async function checkSignature(
  { signatures, trustedRoots, now }: Deps,
  issued: Buffer,
  uploaded: Buffer,
): Promise<SignatureVerdict> {
  try {
    return await signatures.checkSignedContract({ issued, uploaded, trustedRoots, now: now() });
  } catch (error) {
    if (error instanceof WorkersBusy) throw inspectionBusy(error.retryAfterSeconds, error);
    if (error instanceof WorkersUnavailable) throw inspectionBusy(checkRetrySeconds, error);
    throw error;
  }
}

/** Whether the file begins with an earlier version's bytes, signed or not. */
async function isEarlierVersion(
  { database }: Deps,
  contract: ContractRecord,
  bytes: Buffer,
): Promise<boolean> {
  const issued = await listIssued(database, contract.subscriptionId);
  return issued.some(
    ({ version, sha256, sizeBytes }) =>
      version < contract.version &&
      sizeBytes <= bytes.length &&
      hashOf(bytes.subarray(0, sizeBytes)) === sha256,
  );
}

const nameOf = ({ commonName, organisation, country }: CertificateName) => ({
  commonName: commonName ?? null,
  organisation: organisation ?? null,
  country: country ?? null,
});

/** What the check found, as it is kept and shown. */
const findingsOf = (verdict: SignatureVerdict, checkedAt: Date): SignatureFindings => ({
  outcome: verdict.outcome,
  reasons: [...verdict.reasons],
  signer: verdict.signer
    ? {
        ...nameOf(verdict.signer),
        issuer: nameOf(verdict.signer.issuer),
        validFrom: verdict.signer.validFrom.toISOString(),
        validTo: verdict.signer.validTo.toISOString(),
      }
    : null,
  signingTime: verdict.signingTime?.toISOString() ?? null,
  timestamp: verdict.timestamp
    ? { time: verdict.timestamp.time.toISOString(), trusted: verdict.timestamp.trusted }
    : null,
  revocation: verdict.revocation,
  checkedAt: checkedAt.toISOString(),
});

/** Of the reasons that lead to the outcome, the one that says most to the operator. */
function foremostReason({ outcome, reasons }: SignatureVerdict): SignatureReason {
  const [foremost] = (Object.keys(signatureReasons) as SignatureReason[]).filter(
    (reason) => reasons.includes(reason) && signatureReasons[reason] === outcome,
  );
  if (!foremost) throw new Error('a verdict without a reason refuses nothing');
  return foremost;
}

interface Accepted {
  readonly judged: JudgedFile;
  readonly contract: ContractRecord;
  readonly way: SignatureWay;
  readonly findings: SignatureFindings | null;
}

/**
 * Judges what came back. A file with an electronic signature is judged as one, whatever the operator says, and before its inspection: who changed
 * a signed file is told so, not that it can't be read. One without is a scan, unless it is what was issued, to this subscription or to another one,
 * which nobody has signed.
 * Throws `contract_refused`, `contract_void`, and what `inspect` throws.
 */
async function judgeSigned(
  deps: Deps,
  contract: ContractRecord,
  { way, uploaded }: { readonly way: SignatureWay; readonly uploaded: Buffer },
  inspect: () => Promise<JudgedFile>,
): Promise<Accepted> {
  const verdict = await checkSignature(deps, await readIssued(deps, contract), uploaded);
  const { outcome } = verdict;
  const isSound = outcome === 'valid' || outcome === 'valid_untrusted';
  if (!isSound && (await isEarlierVersion(deps, contract, uploaded))) throw contractVoid();
  if (outcome === 'altered') throw contractRefused(outcome, foremostReason(verdict));
  const judged = await inspect();
  if (await isOfAnother(deps.database, contract, judged.sha256))
    throw contractRefused('altered', 'not_first_revision');
  if (isSound) return { judged, contract, way: 'electronic', findings: findingsOf(verdict, deps.now()) };
  if (way === 'electronic' || judged.sha256 === contract.sha256)
    throw contractRefused(outcome, foremostReason(verdict));
  return { judged, contract, way, findings: null };
}

/** What was judged is still the contract in force: nothing was saved or issued meanwhile. */
async function assertStillInForce(
  tx: Transaction,
  subscription: SubscriptionRecord,
  contract: ContractRecord,
): Promise<void> {
  const [last] = await listLastContracts(tx, [subscription.id]);
  if (last?.id !== contract.id || last.dataHash !== contractDataHash(subscription)) throw contractVoid();
}

/**
 * Takes what came back signed, as a version of the document `contract`; the version before is kept, and stays current when anything fails.
 * Throws `not_found`, `subscription_not_editable`, `contract_not_asked`, `contract_not_issued`, `contract_void` (the form or the contract is another
 * one, or the file is an earlier version), `contract_refused` (params `outcome`, `reason`), and what `uploadVersion` throws.
 */
export async function putSignedContract(
  deps: Deps,
  queries: FormQueries,
  given: Omit<DocumentOf, 'document'>,
  way: SignatureWay,
  request: FastifyRequest,
): Promise<ContractView> {
  const asked: DocumentOf = { ...given, document: 'contract' };
  return await uploadVersion(deps, asked, request, {
    open: () => readContractInForce(deps, queries, asked),
    // The thread that checks must not read memory that the next upload writes into.
    judge: (contract, bytes, inspect) =>
      judgeSigned(deps, contract, { way, uploaded: Buffer.from(bytes) }, inspect),
    lock: async (tx, accepted) => {
      const subscription = await lockOpenSubscription(tx, asked);
      await assertStillInForce(tx, subscription, accepted.contract);
      return { accepted, subscription };
    },
    finish: async (tx, version, { accepted: { contract, way: found, findings }, subscription }) => {
      await addSigned(tx, {
        documentVersionId: version.id,
        contractId: contract.id,
        way: found,
        findings,
      });
      const view = await loadContractView(tx, subscription);
      if (!view) throw new Error('the contract is gone');
      return view;
    },
  });
}

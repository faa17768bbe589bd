import type { Authority, ContractState, ContractView, SignedContract } from '@rnoce/schemas';
import type { Executor } from '../../db/database.ts';
import { presentDocumentVersion } from '../documents/documents.presenter.ts';
import { type ContractSubject, contractDataHash } from './contract-data.ts';
import {
  type ContractRecord,
  findSignedAmong,
  listHeldByPortnet,
  listLastContracts,
  listStandingSigned,
  type SignedRow,
} from './contracts.repository.ts';

function verdictOf({ refused }: SignedRow): SignedContract['file']['verdict'] {
  if (refused === null) return null;
  return refused ? 'refused' : 'accepted';
}

const presentSigned = (row: SignedRow, current: boolean): SignedContract => ({
  file: presentDocumentVersion(row.file, verdictOf(row)),
  way: row.signed.way,
  contractVersion: row.contract.version,
  current,
  findings: row.signed.findings,
});

/** Whether a contract still says what the form says. */
export const contractState = (
  { dataHash }: Pick<ContractRecord, 'dataHash'>,
  subject: ContractSubject,
): ContractState => (dataHash === contractDataHash(subject) ? 'in_force' : 'void');

export const presentContract = (
  contract: ContractRecord,
  state: ContractState,
  signed: SignedRow | undefined,
): ContractView => ({
  number: contract.number,
  version: contract.version,
  state,
  issuedAt: contract.issuedAt.toISOString(),
  sha256: contract.sha256,
  sizeBytes: contract.sizeBytes,
  signed: signed ? presentSigned(signed, state === 'in_force' && signed.contract.id === contract.id) : null,
});

interface ContractOwner extends ContractSubject {
  readonly id: string;
  readonly authorities: readonly Authority[];
}

/**
 * The contracts of these subscriptions, by their ids: the one that was issued last, and what came back signed. Those without PortNet, or
 * without a contract yet, have none. One that PortNet has holds, whatever is corrected for customs meanwhile. Three queries for any number of them.
 */
export async function loadContractViews(
  executor: Executor,
  owners: readonly ContractOwner[],
): Promise<ReadonlyMap<string, ContractView>> {
  const asked = owners.filter(({ authorities }) => authorities.includes('portnet'));
  const ids = asked.map(({ id }) => id);
  const last = await listLastContracts(executor, ids);
  const signed = last.length === 0 ? [] : await listStandingSigned(executor, ids);
  const held = last.length === 0 ? undefined : await listHeldByPortnet(executor, ids);
  const views = asked.flatMap((owner): [string, ContractView][] => {
    const contract = last.find(({ subscriptionId }) => subscriptionId === owner.id);
    if (!contract) return [];
    const row = signed.find(({ file }) => file.subscriptionId === owner.id);
    const state = held?.has(owner.id) ? 'in_force' : contractState(contract, owner);
    return [[owner.id, presentContract(contract, state, row)]];
  });
  return new Map(views);
}

/** The contract of one subscription; undefined before it was made. */
export const loadContractView = async (
  executor: Executor,
  owner: ContractOwner,
): Promise<ContractView | undefined> => (await loadContractViews(executor, [owner])).get(owner.id);

/** A filing as it was sent last. */
export interface SentForm extends ContractSubject {
  readonly documentVersionIds: readonly string[];
}

/** The contract that was sent with a filing, judged against the form that was sent with it, whatever the operator has made since. One query. */
export async function loadSentContract(
  executor: Executor,
  sent: SentForm,
): Promise<ContractView | undefined> {
  const row = await findSignedAmong(executor, sent.documentVersionIds);
  return row && presentContract(row.contract, contractState(row.contract, sent), row);
}

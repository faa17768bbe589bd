import type { ContractView, Dossier, FilingId } from '@rnoce/schemas';
import type { Executor } from '../../db/database.ts';
import { loadSentContract } from '../contracts/contracts.presenter.ts';
import { countUnread } from '../messages/messages.repository.ts';
import { listAccounts } from '../single-window/single-window.repository.ts';
import type { Decider } from './deciders.ts';
import { presentDossier, readSent, submissionsOf } from './filings.presenter.ts';
import {
  type FilingOf,
  findLastHold,
  getFilingOf,
  type HistoryRow,
  listHistory,
  listVersions,
} from './filings.repository.ts';

/** The contract that was sent to PortNet with the form, judged against the form as it was sent; the other authorities ask for none. */
async function findContract(
  executor: Executor,
  { filing, code }: FilingOf,
  history: readonly HistoryRow[],
): Promise<ContractView | null> {
  const last = submissionsOf(history).at(-1);
  if (filing.authority !== 'portnet' || !last) return null;
  const { operatorType } = filing;
  const { sections, documentVersions: documentVersionIds } = last;
  return (await loadSentContract(executor, { code, operatorType, sections, documentVersionIds })) ?? null;
}

/** The dossier of a sent filing of the authority. Throws `not_found`. */
export async function getDossier(
  executor: Executor,
  { authority }: Pick<Decider, 'authority'>,
  id: FilingId,
): Promise<Dossier> {
  const row = await getFilingOf(executor, authority, id);
  const history = await listHistory(executor, id);
  const versions = await listVersions(executor, row.filing);
  return presentDossier(row, {
    history,
    sent: readSent(row.filing, history, versions),
    lastHold: await findLastHold(executor, id),
    contract: await findContract(executor, row, history),
    unreadMessages: (await countUnread(executor, [id], 'agent')).get(id) ?? 0,
    singleWindowAccounts: (await listAccounts(executor, [id], 'agent')).get(id) ?? [],
  });
}

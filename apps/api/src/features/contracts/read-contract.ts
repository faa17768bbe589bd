import type { AccountId, FilingId, SubscriptionId } from '@rnoce/schemas';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { filingHistory } from '../../db/schema/filings.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { notFound } from '../../plugins/problems.ts';
import type { StoredFile } from '../documents/send-document.ts';
import { getFilingOf, recordAccess } from '../filings/filings.repository.ts';
import { type ContractRecord, findLastContract, findSignedAmong } from './contracts.repository.ts';

/** An issued contract as a file: `contrat-CT-2026-0000000042-v1.pdf`. */
const fileOf = ({ number, version, sizeBytes, storageKey }: ContractRecord): StoredFile => ({
  storageKey,
  sizeBytes,
  mediaType: 'application/pdf',
  fileName: `contrat-${number}-v${String(version)}.pdf`,
});

/** The contract that was issued last, to sign. Throws `not_found`. */
export async function openContract(
  { database }: Pick<Deps, 'database'>,
  accountId: AccountId,
  id: SubscriptionId,
): Promise<StoredFile> {
  const contract = await findLastContract(database, accountId, id);
  if (!contract) throw notFound();
  return fileOf(contract);
}

/**
 * The contract as it was issued, of the version that was sent signed with a filing of the agent's authority, once the reading is recorded: what is
 * read is what the signed file says. Throws `not_found`.
 */
export async function openSentContract(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  agent: AgentPrincipal,
  id: FilingId,
): Promise<StoredFile> {
  const { filing } = await getFilingOf(database, agent.authority, id);
  if (filing.authority !== 'portnet') throw notFound();
  const [sent] = await database
    .select({ documentVersions: filingHistory.documentVersions })
    .from(filingHistory)
    .where(and(eq(filingHistory.filingId, id), isNotNull(filingHistory.sections)))
    .orderBy(desc(filingHistory.at), desc(filingHistory.id))
    .limit(1);
  const signed = await findSignedAmong(database, sent?.documentVersions ?? []);
  if (!signed) throw notFound();
  await recordAccess(database, {
    documentVersionId: signed.file.id,
    filingId: id,
    reader: agent,
    at: now(),
  });
  return fileOf(signed.contract);
}

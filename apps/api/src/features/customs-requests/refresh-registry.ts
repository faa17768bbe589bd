import { isDeepStrictEqual } from 'node:util';
import type { AccountId, CustomsRequestId } from '@rnoce/schemas';
import { customsRequestEffects } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import type { Deps } from '../../deps.ts';
import { notFound } from '../../plugins/problems.ts';
import {
  findCustomsAccount,
  findRequest,
  keepRegistryWord,
  listRequests,
  lockRequest,
} from './customs-requests.repository.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';
import { type Reading, readRegistry, wordOf } from './read-registry.ts';

/** How old a reading may be when a dossier is opened, in milliseconds. */
const freshMs = 60_000;
/** How long the opening of a dossier waits for BADR, in milliseconds: the older reading is shown then. */
const openingMs = 1_500;

/** Whether an agent has something to decide on what BADR holds now; afterwards the dossier keeps what was decided on. */
const isWaiting = ({ status, effectStatus }: RequestRecord): boolean =>
  status === 'in_review' || (effectStatus !== null && customsRequestEffects[effectStatus].resendable);

const isNews = (request: RequestRecord, reading: Reading): boolean =>
  !isDeepStrictEqual(request.registryRecord, reading.registryRecord) ||
  (reading.registryStatus === 'not_registered') !== (request.registryStatus === 'not_registered');

/**
 * Keeps a reading of a locked request. While BADR is away the older one stays, marked so. What it holds now and didn't hold then is a new version of
 * the dossier: a decision on what the agent didn't see is refused.
 */
async function keepReading(tx: Transaction, request: RequestRecord, reading: Reading): Promise<void> {
  const { registryStatus, registryReadAt } = reading;
  if (registryStatus === 'unavailable' || !registryReadAt) {
    await tx
      .update(customsRequests)
      .set({ registryStatus: 'unavailable' })
      .where(eq(customsRequests.id, request.id));
    return;
  }
  // Read before another one that is kept already.
  if (request.registryReadAt && registryReadAt < request.registryReadAt) return;
  await tx
    .update(customsRequests)
    .set({ ...reading, version: isNews(request, reading) ? request.version + 1 : request.version })
    .where(eq(customsRequests.id, request.id));
}

/**
 * Reads again what BADR holds of the account of a request that waits for an agent, and keeps it; does nothing for another. Returns BADR's status
 * of this reading. Throws `not_found`.
 */
export async function refreshRegistry(
  deps: Pick<Deps, 'database' | 'badr' | 'now'>,
  id: CustomsRequestId,
  signal?: AbortSignal,
): Promise<Reading['registryStatus'] | undefined> {
  const { database } = deps;
  const request = await findRequest(database, 'customs', id);
  if (!request) throw notFound();
  if (!isWaiting(request)) return undefined;
  const account = await findCustomsAccount(database, request.accountId as AccountId);
  if (!account) throw notFound();
  const requests = await listRequests(database, request.filingId);
  const reading = await readRegistry(deps, { ...account, requests }, signal);
  await database.transaction(async (tx) => {
    const locked = await lockRequest(tx, 'customs', id);
    if (!locked) return;
    const word = wordOf(reading);
    if (word) await keepRegistryWord(tx, locked.filing, word);
    if (isWaiting(locked.request)) await keepReading(tx, locked.request, reading);
  });
  return reading.registryStatus;
}

/** Reads BADR again for a dossier that is opened, unless it was read within the last minute. Throws `not_found`. */
export async function refreshOldRegistry(
  deps: Pick<Deps, 'database' | 'badr' | 'now'>,
  id: CustomsRequestId,
): Promise<void> {
  const request = await findRequest(deps.database, 'customs', id);
  if (!request) throw notFound();
  const isFresh =
    request.registryStatus !== 'unavailable' &&
    request.registryReadAt !== null &&
    deps.now().getTime() - request.registryReadAt.getTime() < freshMs;
  if (!isFresh) await refreshRegistry(deps, id, AbortSignal.timeout(openingMs));
}

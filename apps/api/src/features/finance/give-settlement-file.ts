import { createHash } from 'node:crypto';
import {
  casablancaDate,
  type RouteQuery,
  type giveSettlementFile as route,
  type SettlementReport,
} from '@rnoce/schemas';
import { currency as dirham } from '@rnoce/schemas/money';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { settlementFiles } from '../../db/schema/payments.ts';
import type { Deps } from '../../deps.ts';
import type { SettlementFile } from '../../integrations/payment-gateway/settlement-file.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { type NewAnomaly, raiseAnomalies } from '../payments/raise-anomalies.ts';
import { providerNotConfigured, settlementFileRefused } from './finance.errors.ts';
import { judgeMovement, type Movement } from './judge-movement.ts';
import {
  batchesOf,
  closeSubjects,
  fileSubject,
  findBooks,
  findFile,
  insertRows,
  listUnseen,
  missingSubject,
  movementSubject,
} from './settlement.repository.ts';
import { getSettlementReport } from './settlement-files.ts';

type Query = RouteQuery<typeof route>;
/** Inquiries that one file makes; the rest of a wrong file is for a person. */
const maxInquiries = 500;

interface Comparison {
  readonly gaps: readonly NewAnomaly[];
  readonly matched: number;
  /** Movements that our books have alike: an earlier gap about them is explained. */
  readonly explained: readonly string[];
  readonly ask: readonly { attemptId: string; transactionId: string }[];
}

/** Each movement once, however often the file repeats it. */
const distinct = (provider: Query['provider'], { rows }: SettlementFile) => [
  ...new Map(rows.map((row) => [movementSubject(provider, row), row])),
];

async function compare(
  tx: Transaction,
  provider: Query['provider'],
  movements: readonly (readonly [subject: string, movement: Movement])[],
  fileId: string,
  at: Date,
): Promise<Comparison> {
  const gaps: NewAnomaly[] = [];
  const explained: string[] = [];
  const ask: { attemptId: string; transactionId: string }[] = [];
  for (const batch of batchesOf(movements)) {
    const books = await findBooks(
      tx,
      batch.map(([, { attemptReference }]) => attemptReference),
    );
    for (const [subject, movement] of batch) {
      const known = books.get(movement.attemptReference);
      const gap = judgeMovement(provider, movement, known);
      if (!gap) {
        explained.push(subject);
        continue;
      }
      const { amountCentimes, currency, gatewayTransactionId } = movement;
      gaps.push({
        kind: gap.kind,
        subject,
        fileId,
        orderId: known?.orderId ?? null,
        attemptId: known?.attemptId ?? null,
        ours: gap.ours ?? null,
        theirs: amountCentimes,
        detail: currency === dirham ? null : currency,
        raisedAt: at,
      });
      if (gap.ask && known) ask.push({ attemptId: known.attemptId, transactionId: gatewayTransactionId });
    }
  }
  return { gaps, matched: explained.length, explained, ask };
}

/** Money of ours of that day that no file shows. A file with unread lines may hold it, and says nothing. */
async function missingThere(
  tx: Transaction,
  { provider, day }: Query,
  fileId: string,
  at: Date,
): Promise<NewAnomaly[]> {
  return (await listUnseen(tx, provider, day)).map((attempt) => ({
    kind: 'gap_missing_there',
    subject: missingSubject(provider, attempt.reference),
    fileId,
    orderId: attempt.orderId,
    attemptId: attempt.id,
    ours: attempt.amountCentimes,
    raisedAt: at,
  }));
}

/**
 * Compares a provider's file with our books, and shows every gap to a person. It moves no money: a payment that the file shows and our books
 * haven't is asked about at the gateway, whose word alone settles. The same bytes again for the same day answer the report that
 * they made: of two quiet days the files are alike. Throws
 * `provider_not_configured`, `settlement_file_refused` when no line can be read, and `validation` for a day to come.
 */
export async function giveSettlementFile(
  deps: Deps,
  { agentId }: AgentPrincipal,
  query: Query,
  content: Buffer,
): Promise<SettlementReport> {
  const { database, gateways, jobs, now } = deps;
  const { provider, day } = query;
  const gateway = gateways[provider];
  if (!gateway) throw providerNotConfigured();
  const at = now();
  if (day > casablancaDate(at))
    throw new ProblemError('validation', { issues: [{ pointer: '/day', code: 'date_in_future' }] });
  const sha256 = createHash('sha256').update(content).digest('hex');
  const known = await findFile(database, query, sha256);
  if (known) return await getSettlementReport(database, known.id, true);
  const file = gateway.parseSettlementFile(content);
  const [fault] = file.faults;
  if (fault && file.rows.length === 0) throw settlementFileRefused(fault.reason);
  const id = await database.transaction(async (tx) => {
    const [row] = await tx
      .insert(settlementFiles)
      .values({
        provider,
        day,
        sha256,
        rows: file.rows.length,
        matched: 0,
        gaps: 0,
        faults: file.faults.map(({ line, reason }) => ({ line, reason })),
        agentId,
        createdAt: at,
      })
      // Given twice at once: the other one does the work.
      .onConflictDoNothing()
      .returning();
    if (!row) return undefined;
    await insertRows(tx, row, file.rows);
    const movements = distinct(provider, file);
    const compared = await compare(tx, provider, movements, row.id, at);
    const unseen = file.faults.length === 0 ? await missingThere(tx, query, row.id, at) : [];
    await raiseAnomalies(tx, [...compared.gaps, ...unseen]);
    await closeSubjects(tx, ['gap_missing_here', 'gap_amount', 'gap_state'], compared.explained, at);
    await closeSubjects(
      tx,
      ['gap_missing_there'],
      movements.map(([, { attemptReference }]) => missingSubject(provider, attemptReference)),
      at,
    );
    await closeSubjects(tx, ['file_missing'], [fileSubject(provider, day)], at);
    for (const about of compared.ask.slice(0, maxInquiries)) await jobs.send(tx, 'inquire-attempt', about);
    await noteResult(tx, row.id, { matched: compared.matched, gaps: compared.gaps.length + unseen.length });
    return row.id;
  });
  const fileId = id ?? (await findFile(database, query, sha256))?.id;
  if (fileId === undefined) throw new Error('The file that was given twice is not there.');
  return await getSettlementReport(database, fileId, id === undefined);
}

async function noteResult(
  tx: Transaction,
  id: string,
  result: { matched: number; gaps: number },
): Promise<void> {
  await tx.update(settlementFiles).set(result).where(eq(settlementFiles.id, id));
}

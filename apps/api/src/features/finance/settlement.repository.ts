import type { AnomalyKind } from '@rnoce/schemas';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import { and, eq, gte, inArray, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../../db/database.ts';
import {
  paymentAnomalies,
  paymentAttempts,
  refunds,
  settlementFiles,
  settlementRows,
} from '../../db/schema/payments.ts';
import type { SettlementRow } from '../../integrations/payment-gateway/settlement-file.ts';
import type { FileRecord } from './finance.presenter.ts';
import type { Books, Movement } from './judge-movement.ts';
import { dayBounds } from './order-filters.ts';

/** Rows of one statement. */
const batchSize = 1000;

export function* batchesOf<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += batchSize) yield all.slice(from, from + batchSize);
}

/** What a movement is called among the anomalies: the same in whichever file it stands. */
export const movementSubject = (
  provider: PaymentProvider,
  { kind, attemptReference, gatewayTransactionId }: Movement,
): string => [provider, kind, attemptReference, gatewayTransactionId].join(' ');
/** The same for a payment of ours that no file shows. */
export const missingSubject = (provider: PaymentProvider, reference: string): string =>
  [provider, 'payment', reference].join(' ');
export const fileSubject = (provider: PaymentProvider, day: string): string => `${provider} ${day}`;

export async function findFile(
  executor: Executor,
  { provider, day }: { readonly provider: PaymentProvider; readonly day: string },
  sha256: string,
): Promise<FileRecord | undefined> {
  const [file] = await executor
    .select()
    .from(settlementFiles)
    .where(
      and(
        eq(settlementFiles.provider, provider),
        eq(settlementFiles.day, day),
        eq(settlementFiles.sha256, sha256),
      ),
    );
  return file;
}

export interface KnownBooks extends Books {
  readonly attemptId: string;
  readonly orderId: string;
}

/** What our books have of these attempts, by reference. */
export async function findBooks(
  executor: Executor,
  references: readonly string[],
): Promise<Map<string, KnownBooks>> {
  const attempts = await executor
    .select()
    .from(paymentAttempts)
    .where(inArray(paymentAttempts.reference, [...references]));
  const owed = await executor
    .select()
    .from(refunds)
    .where(
      inArray(
        refunds.attemptId,
        attempts.map(({ id }) => id),
      ),
    );
  const shown = await executor
    .select()
    .from(settlementRows)
    .where(
      and(
        inArray(settlementRows.provider, [...new Set(attempts.map(({ provider }) => provider))]),
        eq(settlementRows.kind, 'refund'),
        inArray(settlementRows.attemptReference, [...references]),
      ),
    );
  const refundsOf = Map.groupBy(owed, ({ attemptId }) => attemptId);
  const givenBackOf = Map.groupBy(
    shown,
    ({ provider, attemptReference }) => `${provider} ${attemptReference}`,
  );
  return new Map(
    attempts.map((attempt) => [
      attempt.reference,
      {
        ...attempt,
        attemptId: attempt.id,
        refunds: refundsOf.get(attempt.id) ?? [],
        givenBack: (givenBackOf.get(`${attempt.provider} ${attempt.reference}`) ?? []).map(
          ({ transactionId, amountCentimes }) => ({ gatewayTransactionId: transactionId, amountCentimes }),
        ),
      },
    ]),
  );
}

/** Keeps the movements of a file; one that an earlier file shows stays there. */
export async function insertRows(
  tx: Transaction,
  { id: fileId, provider }: Pick<FileRecord, 'id' | 'provider'>,
  rows: readonly SettlementRow[],
): Promise<void> {
  for (const batch of batchesOf(rows))
    await tx
      .insert(settlementRows)
      .values(
        batch.map(({ gatewayTransactionId: transactionId, ...row }) => ({
          ...row,
          transactionId,
          fileId,
          provider,
        })),
      )
      .onConflictDoNothing();
}

/** The movements that any file shows of an attempt. */
export async function listMovements(
  executor: Executor,
  provider: PaymentProvider,
  reference: string,
): Promise<Movement[]> {
  const rows = await executor
    .select()
    .from(settlementRows)
    .where(
      and(
        eq(settlementRows.provider, provider),
        inArray(settlementRows.kind, ['payment', 'refund', 'reversal']),
        eq(settlementRows.attemptReference, reference),
      ),
    );
  return rows.map(({ transactionId, ...row }) => ({ ...row, gatewayTransactionId: transactionId }));
}

/** Money that our books took on a day and that no file of the provider shows. */
export async function listUnseen(executor: Executor, provider: PaymentProvider, day: string) {
  const { from, before } = dayBounds(day);
  return await executor
    .select()
    .from(paymentAttempts)
    .where(
      and(
        eq(paymentAttempts.provider, provider),
        gte(paymentAttempts.capturedAt, from),
        lt(paymentAttempts.capturedAt, before),
        inArray(paymentAttempts.status, ['captured', 'refund_requested', 'refunded', 'reversed']),
        notExists(
          executor
            .select({ one: sql`1` })
            .from(settlementRows)
            .where(
              and(
                eq(settlementRows.provider, provider),
                eq(settlementRows.kind, 'payment'),
                eq(settlementRows.attemptReference, paymentAttempts.reference),
              ),
            ),
        ),
      ),
    );
}

/** Closes what explained itself: nobody's name, no note. */
export async function closeSubjects(
  executor: Executor,
  kinds: readonly AnomalyKind[],
  subjects: readonly string[],
  at: Date,
): Promise<void> {
  for (const batch of batchesOf(subjects))
    await executor
      .update(paymentAnomalies)
      .set({ closedAt: at })
      .where(
        and(
          inArray(paymentAnomalies.kind, [...kinds]),
          inArray(paymentAnomalies.subject, batch),
          isNull(paymentAnomalies.closedAt),
        ),
      );
}

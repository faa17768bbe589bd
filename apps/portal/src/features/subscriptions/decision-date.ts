import type { Filing, HistoryEntry } from '@rnoce/schemas/filings';

/**
 * « Date de validation »: when the authority decided, which the guide shows on an incomplete filing too; null while it judges, and for an
 * attached filing, which nobody decides.
 */
export const decisionDate = ({
  status,
  validatedAt,
  history,
}: Pick<Filing, 'status' | 'validatedAt'> & {
  readonly history: readonly Pick<HistoryEntry, 'event' | 'at'>[];
}): string | null =>
  status === 'incomplete' ? (history.findLast(({ event }) => event === 'returned')?.at ?? null) : validatedAt;

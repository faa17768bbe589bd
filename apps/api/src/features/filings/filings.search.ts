import { normaliseIdentifier } from '@rnoce/schemas';
import { and, eq, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Executor } from '../../db/database.ts';
import { folded } from '../../db/schema/columns.ts';
import { filings } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';

/**
 * A pattern that finds the text anywhere; what LIKE gives a meaning to stands for itself, also what becomes such a sign when it is folded
 * (« ％ »).
 */
export const anywhere = (text: string): string =>
  `%${text.normalize('NFKD').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/**
 * What has every word of what was typed, whatever its case and accents; `found` says in which columns one may stand, in the alternative.
 * Undefined when nothing was typed.
 */
export function everyWord(
  typed: string | undefined,
  found: (holds: (column: SQL) => SQL) => SQL | undefined,
): SQL | undefined {
  const words = typed?.split(/\s+/u).filter((word) => word !== '') ?? [];
  return and(
    ...words.map((word) => {
      const pattern = folded(sql`${anywhere(word)}::text`);
      return found((column) => sql`${folded(column)} like ${pattern}`);
    }),
  );
}

/** What the agent typed, as the queue looks for it. Exported for its tests. */
export function readSearch(typed: string): { words: string[]; identifier: string | undefined } {
  const words = typed.split(/\s+/u).filter((word) => word !== '');
  const identifier = normaliseIdentifier(typed);
  // An ICE or a code is written with digits, and with nothing but letters and digits once its separators are dropped.
  return { words, identifier: /^(?=.*\d)[\dA-Z]{2,}$/.test(identifier) ? identifier : undefined };
}

/**
 * The filings whose raison sociale has every word, whatever its case and accents, or whose ICE or code has the typed part. A code is
 * found with its letter or without, as older papers print it (reference/identifiers.md §2). Each branch uses its own index.
 */
export function matchingFilings(executor: Executor, typed: string): SQL | undefined {
  const { words, identifier } = readSearch(typed);
  if (words.length === 0) return undefined;
  const byName = executor
    .select({ id: filings.id })
    .from(filings)
    .where(
      or(
        and(...words.map((word) => sql`${filings.searchName} like ${folded(sql`${anywhere(word)}::text`)}`)),
        identifier === undefined ? undefined : like(filings.searchName, anywhere(identifier)),
      ),
    );
  if (identifier === undefined) return inArray(filings.id, byName);
  const byCode = executor
    .select({ id: filings.id })
    .from(filings)
    .innerJoin(subscriptions, eq(subscriptions.id, filings.subscriptionId))
    .where(like(subscriptions.searchCode, anywhere(identifier)));
  return inArray(filings.id, unionAll(byName, byCode));
}

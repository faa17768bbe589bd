import type { CustomsRequestRow, ListCustomsRequestsQuery } from '@rnoce/schemas';
import { and, asc, count, desc, eq, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Executor } from '../../db/database.ts';
import { folded } from '../../db/schema/columns.ts';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import { anywhere, readSearch } from '../filings/filings.search.ts';
import { presentRequestRow } from './customs-requests.presenter.ts';
import { inScope, type RequestScope } from './customs-requests.repository.ts';

type Query = z.output<typeof ListCustomsRequestsQuery>;

/** The id settles what the instant leaves open, so that paging neither repeats nor skips. */
const orders = {
  oldest: [asc(customsRequests.submittedAt), asc(customsRequests.id)],
  newest: [desc(customsRequests.submittedAt), desc(customsRequests.id)],
  due: [asc(customsRequests.dueAt), asc(customsRequests.id)],
} as const satisfies Record<Query['sort'], readonly SQL[]>;

/** Sent, and in the scope: a draft is followed on its own page. */
const sent = (scope: RequestScope): SQL | undefined => and(inScope(scope), inScope('customs'));

/** Those that BADR didn't take as they are. */
const isStuck = inArray(customsRequests.effectStatus, ['overtaken', 'refused']);

/** The requests whose raison sociale has every word, or whose ICE or reference has the typed part. */
function matching(typed: string): SQL | undefined {
  const { words, identifier } = readSearch(typed);
  if (words.length === 0) return undefined;
  const name = customsRequests.searchName;
  return or(
    and(...words.map((word) => sql`${name} like ${folded(sql`${anywhere(word)}::text`)}`)),
    like(name, anywhere(typed.trim().toUpperCase())),
    identifier === undefined ? undefined : like(name, anywhere(identifier)),
  );
}

export interface RequestPage {
  items: CustomsRequestRow[];
  page: number;
  pageSize: number;
  total: number;
  counts: { in_review: number; accepted: number; rejected: number; overdue: number; stuck: number };
}

/** How many requests of the scope stand where, whatever the filters. */
async function countByState(
  executor: Executor,
  scope: RequestScope,
  now: Date,
): Promise<RequestPage['counts']> {
  const counted = (condition: SQL) => sql<number>`count(*) filter (where ${condition})`.mapWith(Number);
  const is = (status: 'in_review' | 'accepted' | 'rejected') => sql`${customsRequests.status} = ${status}`;
  const [counts] = await executor
    .select({
      in_review: counted(is('in_review')),
      accepted: counted(is('accepted')),
      rejected: counted(is('rejected')),
      overdue: counted(sql`${is('in_review')} and ${customsRequests.dueAt} < ${now.toISOString()}`),
      stuck: counted(isStuck),
    })
    .from(customsRequests)
    .where(sent(scope));
  return counts ?? { in_review: 0, accepted: 0, rejected: 0, overdue: 0, stuck: 0 };
}

/** A page of an operator's own requests that were sent, or of customs' queue, with the counts of the whole. */
export async function listSentRequests(
  executor: Executor,
  scope: RequestScope,
  { page, pageSize, status, type, q, stuck, sort }: Query,
  now: Date,
): Promise<RequestPage> {
  const wanted = and(
    sent(scope),
    status === undefined ? undefined : eq(customsRequests.status, status),
    type === undefined ? undefined : eq(customsRequests.type, type),
    stuck === true ? isStuck : undefined,
    q === undefined ? undefined : matching(q),
  );
  const rows = await executor
    .select()
    .from(customsRequests)
    .where(wanted)
    .orderBy(...orders[sort])
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const [found] = await executor.select({ total: count() }).from(customsRequests).where(wanted);
  const reader = scope === 'customs' ? 'agent' : 'operator';
  return {
    items: rows.map((row) => presentRequestRow(row, reader)),
    page,
    pageSize,
    total: found?.total ?? 0,
    counts: await countByState(executor, scope, now),
  };
}

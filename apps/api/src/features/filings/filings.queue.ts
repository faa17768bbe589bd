import type { Authority, FilingRow, ListFilingsQuery } from '@rnoce/schemas';
import { and, asc, count, desc, eq, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Executor } from '../../db/database.ts';
import { agents } from '../../db/schema/agents.ts';
import { filings } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { countUnread } from '../messages/messages.repository.ts';
import type { Decider } from './deciders.ts';
import { presentRow } from './filings.presenter.ts';
import { matchingFilings } from './filings.search.ts';

type Query = z.output<typeof ListFilingsQuery>;

/** The id settles what the instant leaves open, so that paging neither repeats nor skips. */
const orders = {
  oldest: [asc(filings.submittedAt), asc(filings.id)],
  newest: [desc(filings.submittedAt), desc(filings.id)],
  due: [asc(filings.dueAt), asc(filings.id)],
} as const satisfies Record<Query['sort'], readonly SQL[]>;

/** Of the authority, and sent: a draft is nobody's business but its operator's. */
const ofAuthority = (authority: Authority) =>
  and(eq(filings.authority, authority), ne(filings.status, 'draft'));

/** A system holds no dossier: all that are held are others'. */
function heldBy(held: Query['held'], reader: Decider): SQL | undefined {
  const isAgent = reader.kind === 'agent';
  switch (held) {
    case 'mine':
      return isAgent ? eq(filings.holderId, reader.agentId) : sql`false`;
    case 'nobody':
      return isNull(filings.holderId);
    case 'others':
      return isAgent ? ne(filings.holderId, reader.agentId) : isNotNull(filings.holderId);
    case undefined:
      return undefined;
  }
}

/** How many filings of the authority stand where, whatever the filters. */
async function countByState(executor: Executor, authority: Authority, now: Date) {
  const rows = await executor
    .select({
      status: filings.status,
      total: count(),
      overdue: sql<number>`count(*) filter (where ${filings.dueAt} < ${now})`.mapWith(Number),
    })
    .from(filings)
    .where(ofAuthority(authority))
    .groupBy(filings.status);
  const of = (status: string) => rows.find((row) => row.status === status);
  return {
    in_review: of('in_review')?.total ?? 0,
    incomplete: of('incomplete')?.total ?? 0,
    validated: of('validated')?.total ?? 0,
    overdue: of('in_review')?.overdue ?? 0,
  };
}

/** A page of the queue of the reader's authority, with the counts of the whole queue. */
export async function listQueue(
  executor: Executor,
  reader: Decider,
  { page, pageSize, status, operatorType, q, held, sort }: Query,
  now: Date,
): Promise<{
  items: FilingRow[];
  page: number;
  pageSize: number;
  total: number;
  counts: { in_review: number; incomplete: number; validated: number; overdue: number };
}> {
  const wanted = and(
    ofAuthority(reader.authority),
    status === undefined ? undefined : eq(filings.status, status),
    operatorType === undefined ? undefined : eq(filings.operatorType, operatorType),
    heldBy(held, reader),
    q === undefined ? undefined : matchingFilings(executor, q),
  );
  const rows = await executor
    .select({ filing: filings, code: subscriptions.code, holderName: agents.name })
    .from(filings)
    .innerJoin(subscriptions, eq(subscriptions.id, filings.subscriptionId))
    .leftJoin(agents, eq(agents.id, filings.holderId))
    .where(wanted)
    .orderBy(...orders[sort])
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const [found] = await executor.select({ total: count() }).from(filings).where(wanted);
  const counts = await countByState(executor, reader.authority, now);
  const ids = rows.map(({ filing }) => filing.id);
  const unread = await countUnread(executor, ids, 'agent');
  return {
    items: rows.map((row) => presentRow(row, unread.get(row.filing.id) ?? 0)),
    page,
    pageSize,
    total: found?.total ?? 0,
    counts,
  };
}

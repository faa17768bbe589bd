import { ListFilingsQuery } from '@rnoce/schemas/filings';
import type { QueueQuery } from '../../api/queries.ts';
import { pageSize } from '../../lists/page-size.ts';

/** The filters as the address keeps them. Without `status`, the dossiers that wait; `all` stands for every status. */
const filterNames = ['status', 'operatorType', 'q', 'held', 'sort', 'page'] as const;

/** Reads the filters of an address. A value that isn't one is left out: an old or broken link still opens the queue. */
export function queueOf(search: URLSearchParams): QueueQuery {
  const query: Record<string, string | number> = { pageSize };
  const status = search.get('status') ?? 'in_review';
  if (status !== 'all') query.status = status;
  for (const name of filterNames) {
    const value = search.get(name);
    if (name !== 'status' && value !== null && value !== '') query[name] = value;
  }
  const read = ListFilingsQuery.safeParse(query);
  if (read.success) return read.data;
  const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])));
  const right = Object.fromEntries(Object.entries(query).filter(([name]) => !wrong.has(name)));
  return ListFilingsQuery.parse(wrong.has('status') ? { ...right, status: 'in_review' } : right);
}

import { ListCustomsRequestsQuery } from '@rnoce/schemas/customs-requests';
import type { OperationsQuery } from '../../api/operation-queries.ts';
import { readFilters } from '../../lists/filters.ts';
import { pageSize } from '../../lists/page-size.ts';

/** The parts of the queue; `stuck`: accepted, and not taken by BADR. */
export const queueParts = ['in_review', 'stuck', 'accepted', 'rejected', 'all'] as const;
type QueuePart = (typeof queueParts)[number];

/** Which part of the queue an address shows: what waits, unless it says otherwise. */
export const queuePartOf = (search: URLSearchParams): QueuePart =>
  queueParts.find((part) => part === search.get('status')) ?? 'in_review';

const Filters = ListCustomsRequestsQuery.omit({ status: true, stuck: true });

/** Reads the filters of an address; what is no filter is left out. */
export function operationsOf(search: URLSearchParams): OperationsQuery {
  const filters = readFilters(Filters, search, ['type', 'q', 'sort', 'page'], { pageSize });
  const part = queuePartOf(search);
  if (part === 'all') return filters;
  return part === 'stuck' ? { ...filters, stuck: 'true' } : { ...filters, status: part };
}

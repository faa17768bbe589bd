import { listAgents } from '@rnoce/schemas/agents';
import { listManagedIssuers } from '@rnoce/schemas/issuers';
import type { AgentsQuery, ManagedIssuersQuery } from '../../api/administration-queries.ts';
import { readFilters } from '../../lists/filters.ts';
import { pageSize } from '../../lists/page-size.ts';

export const agentsOf = (search: URLSearchParams): AgentsQuery =>
  readFilters(listAgents.query, search, ['q', 'role', 'status', 'page'], { pageSize });

/** An address says of issuers that they are active as the API's query does: `active=true`. */
export function issuersOf(search: URLSearchParams): ManagedIssuersQuery {
  const { active, ...rest } = readFilters(listManagedIssuers.query, search, ['q', 'active', 'page'], {
    pageSize,
  });
  return active === undefined ? rest : { ...rest, active: String(active) };
}

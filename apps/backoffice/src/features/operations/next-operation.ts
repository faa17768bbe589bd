import { listCustomsRequests } from '@rnoce/api-client/customs-requests';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';

/** How many of the oldest requests are looked at. */
const looked = 10;

/** Where to go after a decision: the oldest request that no agent accepted yet, but for the one just decided; else the queue. */
export async function nextOperation(decided: string): Promise<string> {
  const query = { status: 'in_review', sort: 'oldest', pageSize: looked } as const;
  const { items } = (await listCustomsRequests(client, { query })).data;
  const next = items.find(({ id, endorsed }) => id !== decided && !endorsed);
  return next ? paths.operation(next.id) : paths.operations;
}

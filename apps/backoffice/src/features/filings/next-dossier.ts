import { listFilings } from '@rnoce/api-client/filings';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';

/** Where to go after a decision: the oldest dossier that one holds, else the oldest that nobody holds, else the queue. */
export async function nextDossier(): Promise<string> {
  for (const held of ['mine', 'nobody'] as const) {
    const query = { status: 'in_review', held, sort: 'oldest', pageSize: 1 } as const;
    const [next] = (await listFilings(client, { query })).data.items;
    if (next) return paths.dossier(next.id);
  }
  return paths.queue;
}

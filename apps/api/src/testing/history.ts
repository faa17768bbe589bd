import type { AdministrationEntry } from '@rnoce/schemas';
import type { TestApp } from './app.ts';

/** What was done about an agent, an issuer or an integrator, the newest first, as an administrator reads it; `by` is the name. */
export async function actsOf(
  { app }: TestApp,
  { headers }: { readonly headers: Record<string, string> },
  asked: Readonly<Record<'agentId', string> | Record<'issuer', string> | Record<'integratorId', string>>,
) {
  const answer = await app.inject({
    url: '/api/v1/admin/history',
    query: { ...asked, pageSize: '100' },
    headers,
  });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  const { items } = answer.json<{ items: AdministrationEntry[] }>();
  return items.map(({ at, act, by, changes, detail }) => ({ at, act, by: by.name, changes, detail }));
}

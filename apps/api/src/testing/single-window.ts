import { randomUUID } from 'node:crypto';
import type { Dossier, SingleWindowUsersDraft } from '@rnoce/schemas';
import { asc, eq } from 'drizzle-orm';
import { singleWindowAccounts } from '../db/schema/single-window.ts';
import { callsOf } from './agent-calls.ts';
import type { TestApp } from './app.ts';
import { signedInAgent, signedInOperator } from './factories.ts';
import { draftFiling, type FilingOptions, move } from './filings.ts';
import { singleWindowUser } from './forms.ts';

/** Commands the sandbox's single window: `singleWindowControl(test, 'PUT', 'mode', { mode: 'down' })`. */
export async function singleWindowControl(
  { sandboxUrl }: Pick<TestApp, 'sandboxUrl'>,
  method: 'GET' | 'PUT',
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(`${sandboxUrl}/api/single-window/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.status === 204 ? undefined : await answer.json();
}

/** Users of these first names, each with an address of their own. */
export const usersNamed = (...names: string[]): SingleWindowUsersDraft =>
  names.map((name, index) => ({
    ...singleWindowUser,
    key: `user-${String(index)}`,
    firstName: name,
    email: `${name.toLowerCase()}-${randomUUID()}@atlas.example`,
  }));

/** A PortNet filing that was validated by the API, with these users: its agent, its operator, and what became of the accounts. */
export async function validatedByPortnet(
  test: TestApp,
  users: SingleWindowUsersDraft,
  options: FilingOptions = {},
) {
  const agent = await signedInAgent(test, { authority: 'portnet' });
  const calls = callsOf(test, agent);
  const operator = await signedInOperator(test, { locale: 'ar' });
  const draft = await draftFiling(test, { authority: 'portnet', account: operator.account, ...options });
  const sections = { ...draft.sections, singleWindowUsers: users };
  const ice = sections.company.ice ?? '';
  await move(test, draft.id, {
    transition: 'submitted',
    actor: { kind: 'operator', accountId: draft.accountId },
    sections,
  });
  const answer = await calls.call('POST', `/filings/${draft.id}/decision`, {
    body: { outcome: 'validated' },
    version: (await calls.dossierOf(draft.id)).version,
  });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  const rows = () =>
    test.deps.database
      .select()
      .from(singleWindowAccounts)
      .where(eq(singleWindowAccounts.filingId, draft.id))
      .orderBy(asc(singleWindowAccounts.position));
  return {
    ...draft,
    operator,
    users,
    ice,
    dossier: answer.json<Dossier>(),
    rows,
    /** The jobs that the validation queued. */
    jobs: (await rows()).map(({ id }) => ({ accountId: id })),
    statuses: async () => (await rows()).map(({ status }) => status),
    /** What the single window has opened for the company. */
    opened: async () => {
      const found = await singleWindowControl(test, 'GET', `accounts?ice=${ice}`);
      return (found as { items: { reference: string; asked: number }[] }).items;
    },
    events: async () => (await calls.dossierOf(draft.id)).history.map(({ event }) => event),
  };
}

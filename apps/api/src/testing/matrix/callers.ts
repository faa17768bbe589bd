import type { TestApp } from '../app.ts';
import { integratorOf } from '../integrators.ts';
import { type Caller, makeWorld, type World } from '../world.ts';

/** An operator of the world; what is asked for is its own. */
export type Subject = keyof World['operators'];

/** Who calls, in the order of the table's columns: people, keys of every scope that their kind may hold, keys without any. */
export const columns = [
  'nobody',
  'the operator',
  'another operator',
  'a decider of customs',
  'a decider of PortNet',
  'a finance agent',
  'an administrator',
  "the issuer's key",
  "another issuer's key",
  "customs' key",
  "PortNet's key",
  "the operator's key",
  "another operator's key",
  "the issuer's key without scopes",
  "customs' key without scopes",
  "the operator's key without scopes",
] as const;
type Column = (typeof columns)[number];

/** The world, and every caller for each operator whose thing may be asked for: made once, for all cells. */
export async function makeMatrix(test: TestApp) {
  const world = await makeWorld(test);
  const { agents, keys, operators, accounts } = world;
  const without = {
    issuer: await integratorOf(test, { kind: 'issuer', issuerId: world.publisher.issuer.id, scopes: [] }),
    customs: await integratorOf(test, { kind: 'authority', authority: 'customs', scopes: [] }),
  };
  const callersOf = async (subject: Subject): Promise<Record<Column, Caller>> => {
    const other: Subject = subject === 'returned' ? 'sent' : 'returned';
    const keyOf = (of: Subject, scopes?: []) =>
      integratorOf(test, { kind: 'operator', accountId: accounts[of], ...(scopes ? { scopes } : {}) });
    return {
      nobody: { headers: {} },
      'the operator': operators[subject],
      'another operator': operators[other],
      'a decider of customs': agents.customs,
      'a decider of PortNet': agents.portnet,
      'a finance agent': agents.finance,
      'an administrator': agents.administrator,
      "the issuer's key": keys.issuer,
      "another issuer's key": keys.otherIssuer,
      "customs' key": keys.customs,
      "PortNet's key": keys.portnet,
      "the operator's key": await keyOf(subject),
      "another operator's key": await keyOf(other),
      "the issuer's key without scopes": without.issuer,
      "customs' key without scopes": without.customs,
      "the operator's key without scopes": await keyOf(subject, []),
    };
  };
  const callers = {
    drafting: await callersOf('drafting'),
    sent: await callersOf('sent'),
    returned: await callersOf('returned'),
    holder: await callersOf('holder'),
    asking: await callersOf('asking'),
  } satisfies Record<Subject, Record<Column, Caller>>;
  return { world, callers };
}
export type Matrix = Awaited<ReturnType<typeof makeMatrix>>;

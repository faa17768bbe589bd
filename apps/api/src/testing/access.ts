import { integratorKinds, type Route } from '@rnoce/schemas';
import { expect, it } from 'vitest';
import type { TestApp } from './app.ts';
import { signedInAgent, signedInOperator } from './factories.ts';
import { integratorOf } from './integrators.ts';

/** What a caller gets: a status that means « let in » (whatever the route then answers), or the refusal. */
interface AccessRow {
  readonly route: Route;
  /** Values of the path's parameters; those of something that isn't the caller's, for `operator` and `agent`. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly anonymous: number;
  readonly operator: number;
  readonly agent: number;
  /** Where a key without any scope is let in: each item is judged by its own. */
  readonly key?: number;
}

const callers = ['anonymous', 'operator', 'agent', 'key'] as const;

/** The headers of one who calls. A key has no scope, and is of a kind that the route isn't open to, where there is one. */
async function headersOf(test: TestApp, caller: (typeof callers)[number], { integrator }: Route) {
  switch (caller) {
    case 'anonymous':
      return {};
    case 'operator':
      return (await signedInOperator(test)).headers;
    case 'agent':
      return (await signedInAgent(test)).headers;
    case 'key': {
      const kind = integratorKinds.find((one) => !integrator?.kinds.includes(one)) ?? 'issuer';
      return (await integratorOf(test, { kind, scopes: [] })).headers;
    }
  }
}

/** What is for anyone is answered alike with a key, if it names what it makes; every other route refuses one that may do nothing. */
const withKey = ({ access, idempotent }: Route, anonymous: number): number => {
  if (!access.includes('anyone') && !access.includes('gateway')) return 403;
  return idempotent ? 400 : anonymous;
};

/** One test a route and caller: nobody, an operator, a customs agent and a key that may do nothing, each made for this row alone. */
export function testAccess(test: () => TestApp, rows: readonly AccessRow[]): void {
  for (const { route, params = {}, query, body, headers, ...row } of rows) {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    const expected = { ...row, key: row.key ?? withKey(route, row.anonymous) };
    it.each(callers)(`${route.method} ${route.path}: %s`, async (caller) => {
      const answer = await test().app.inject({
        method: route.method,
        url: `/api/v1${path}`,
        ...(query ? { query } : {}),
        ...(body ? { payload: body } : {}),
        headers: { ...(await headersOf(test(), caller, route)), ...headers },
      });
      expect(answer.statusCode).toBe(expected[caller]);
    });
  }
}

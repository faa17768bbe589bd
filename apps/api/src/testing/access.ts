import type { Route } from '@rnoce/schemas';
import { expect, it } from 'vitest';
import type { TestApp } from './app.ts';
import { signedInAgent, signedInOperator } from './factories.ts';

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
}

/** One test a route and caller: nobody, an operator and a customs agent, each signed in for this row alone. */
export function testAccess(test: () => TestApp, rows: readonly AccessRow[]): void {
  for (const { route, params = {}, query, body, headers, ...expected } of rows) {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    it.each(['anonymous', 'operator', 'agent'] as const)(
      `${route.method} ${route.path}: %s`,
      async (caller) => {
        const signedIn =
          caller === 'anonymous'
            ? { headers: {} }
            : await (caller === 'operator' ? signedInOperator : signedInAgent)(test());
        const answer = await test().app.inject({
          method: route.method,
          url: `/api/v1${path}`,
          ...(query ? { query } : {}),
          ...(body ? { payload: body } : {}),
          headers: { ...signedIn.headers, ...headers },
        });
        expect(answer.statusCode).toBe(expected[caller]);
      },
    );
  }
}

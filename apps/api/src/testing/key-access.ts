import type { Problem, Route } from '@rnoce/schemas';
import type { Scope } from '@rnoce/schemas/scopes';
import { expect, it } from 'vitest';
import type { TestApp } from './app.ts';
import { integratorOf } from './integrators.ts';

const callers = {
  issuer: { kind: 'issuer' },
  customs: { kind: 'authority', authority: 'customs' },
  portnet: { kind: 'authority', authority: 'portnet' },
  operator: { kind: 'operator' },
} as const;

/** What a system gets whose key holds every scope that it may: the status, or the code of the refusal. */
type KeyAccessRow = {
  readonly [Caller in keyof typeof callers]: number | Problem['code'];
} & {
  readonly route: Route;
  /** Values of the path's parameters: those of something that isn't the caller's. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without it a key is refused, whatever else it opens. */
  readonly scope: Scope;
};

/** One test a route and kind of system, each with a key made for this row alone; and one with the key that lacks the scope. */
export function testKeyAccess(test: () => TestApp, rows: readonly KeyAccessRow[]): void {
  for (const { route, params = {}, query, body, headers, scope, ...expected } of rows) {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    const call = async (key: { headers: Record<string, string> }) => {
      const answer = await test().app.inject({
        method: route.method,
        url: `/api/v1${path}`,
        ...(query ? { query } : {}),
        ...(body ? { payload: body } : {}),
        headers: { 'idempotency-key': crypto.randomUUID(), ...key.headers, ...headers },
      });
      const isProblem = answer.headers['content-type']?.includes('problem') === true;
      return { status: answer.statusCode, problem: isProblem ? answer.json<Problem>() : undefined };
    };
    for (const caller of Object.keys(callers) as (keyof typeof callers)[])
      it(`${route.method} ${route.path}: the system of ${caller}`, async () => {
        const { status, problem } = await call(await integratorOf(test(), callers[caller]));
        const wanted = expected[caller];
        const isRefused = typeof wanted === 'string';
        expect(isRefused ? [status, problem?.code] : status).toEqual(isRefused ? [403, wanted] : wanted);
      });
    const [permitted] = (Object.keys(callers) as (keyof typeof callers)[]).filter(
      (caller) => typeof expected[caller] === 'number',
    );
    if (!permitted) throw new Error(`${route.name} lets no system in`);
    it(`${route.method} ${route.path}: without the scope ${scope}`, async () => {
      const { status, problem } = await call(
        await integratorOf(test(), { ...callers[permitted], scopes: ['webhooks:manage'] }),
      );
      expect([status, problem?.code, problem?.params]).toEqual([403, 'scope_missing', { scope }]);
    });
  }
}

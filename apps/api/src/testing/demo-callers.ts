import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route, RouteAnswer } from '@rnoce/schemas';
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { demoIntegrators } from '../demo/demo-integrators.ts';
import type { TestApp } from './app.ts';
import { testBrowser } from './browser.ts';
import { successOf } from './example-shapes.ts';

const DemoAccounts = z.array(
  z.object({ role: z.string(), email: z.string(), password: z.string(), totpSecret: z.string().optional() }),
);

interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly version?: number;
}
/** Calls a route: `key issuer` by that demonstration key, `nobody` without any, any other by the demonstration account of this role. */
export type Ask = <R extends Route>(caller: string, route: R, asked?: Asked) => Promise<RouteAnswer<R>>;

/** The people and the programs of the demonstration data, who call over HTTP what is remembered: every answer by its route. */
export function demoCallers({ app, deps }: TestApp) {
  const accounts = DemoAccounts.parse(
    JSON.parse(readFileSync(join(deps.environment.DATA_DIR, 'demo-accounts.json'), 'utf8')),
  );
  const answers = new Map<string, unknown[]>();
  const cookies = new Map<string, string>();

  const signIn = async (role: string): Promise<string> => {
    const account = accounts.find((one) => one.role === role);
    if (!account) throw new Error(`no demonstration account ${role}`);
    const { email, password, totpSecret } = account;
    const browser = testBrowser(app);
    if (totpSecret === undefined) await browser.request('POST', '/sessions', { email, password });
    else {
      const started = await browser.request('POST', '/agent-sessions', { email, password });
      const { challenge } = started.json<{ challenge: string }>();
      const code = TOTP.generate({ secret: Secret.fromBase32(totpSecret) });
      await browser.request('POST', '/agent-sessions/code', { challenge, code });
    }
    return [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  };

  const headersOf = async (caller: string): Promise<Record<string, string>> => {
    if (caller === 'nobody') return {};
    const [, role] = /^key (\w+)$/.exec(caller) ?? [];
    if (role !== undefined) {
      const demo = demoIntegrators.find((one) => one.role === role);
      return { authorization: `Bearer ${demo?.key ?? ''}` };
    }
    const cookie = cookies.get(caller) ?? (await signIn(caller));
    cookies.set(caller, cookie);
    return { cookie };
  };

  let calls = 0;
  const ask: Ask = async <R extends Route>(caller: string, route: R, asked: Asked = {}) => {
    const { params = {}, query, body, version } = asked;
    const path = route.path.replaceAll(/:(\w+)/g, (_, part: string) =>
      encodeURIComponent(params[part] ?? ''),
    );
    calls += 1;
    const answer = await app.inject({
      method: route.method,
      url: `/api/v1${path}`,
      ...(query ? { query } : {}),
      ...(body === undefined ? {} : { payload: body as object }),
      headers: {
        ...(await headersOf(caller)),
        ...(route.idempotent ? { 'idempotency-key': `documentation-${String(calls)}` } : {}),
        ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }),
      },
    });
    const status = successOf(route);
    if (answer.statusCode !== (status ?? 204))
      throw new Error(
        `${route.name} answered ${String(answer.statusCode)} to ${caller}: ${answer.body.slice(0, 500)}`,
      );
    if (status === undefined) return undefined as RouteAnswer<R>;
    const value = answer.json<RouteAnswer<R>>();
    answers.set(route.name, [...(answers.get(route.name) ?? []), value]);
    return value;
  };
  return { ask, answers };
}

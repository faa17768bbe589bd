import { type Route, route } from '@rnoce/schemas';
import fastify, { type FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { handleProblems, undeclaredProblem } from './problems.ts';
import { guardRoutes, requireVersion, serve } from './serve.ts';

const thing = route({
  name: 'getThing',
  tag: 'things',
  method: 'PUT',
  path: '/things/:id',
  access: ['anyone'],
  summary: '',
  params: z.strictObject({ id: z.uuid() }),
  body: z.strictObject({ size: z.int() }),
  responses: { 200: z.object({ size: z.int(), owner: z.object({ name: z.string() }).nullable() }) },
  problems: [],
});
const path = '/things/01991f36-0000-7000-8000-000000000000';

function makeApp(log?: FastifyBaseLogger) {
  const app = fastify(log ? { loggerInstance: log } : {});
  handleProblems(app);
  guardRoutes(app);
  serve(app, thing, ({ body: { size }, request }) => {
    const version = requireVersion(request);
    const owner = { name: String(version), passwordHash: 'secret' };
    return Promise.resolve({ size, owner, alsoUndeclared: 'secret' });
  });
  return app;
}
const put = (url: string, payload: object, version?: string) =>
  makeApp().inject({
    method: 'PUT',
    url,
    payload,
    ...(version === undefined ? {} : { headers: { 'if-match': version } }),
  });

it('refuses at the start a route that declares nothing', () => {
  expect(() => makeApp().get('/undeclared', () => 'x')).toThrow('declares no contract');
});

it.each([
  ['lets integrators in without saying which', { access: ['agent', 'integrator'] }],
  ['says which integrators, and lets none in', { access: ['agent'], integrator: { kinds: ['issuer'] } }],
] as const)('refuses at the start a route that %s', (_, declared) => {
  const wrong: Route = { ...thing, ...declared };
  expect(() => serve(makeApp(), wrong, () => Promise.resolve(undefined))).toThrow(
    'must both let integrators in and say which',
  );
});

it('writes what the answer declares, and nothing else', async () => {
  expect((await put(path, { size: 1 }, '"7"')).json()).toEqual({ size: 1, owner: { name: '7' } });
});

it('takes what the body declares, and nothing else', async () => {
  const answer = await put(path, { size: 'x', other: 1 });
  expect(answer.json()).toMatchObject({
    status: 422,
    errors: [
      { pointer: '/size', code: 'invalid' },
      { pointer: '/other', code: 'unknown_field' },
    ],
  });
  expect((await put('/things/1', { size: 1 })).json()).toMatchObject({ status: 404, code: 'not_found' });
});

it.each([
  [undefined, 428, 'version_missing'],
  ['', 400, 'if_match_invalid'],
  ['7', 400, 'if_match_invalid'],
  ['"7', 400, 'if_match_invalid'],
  ['*', 400, 'if_match_invalid'],
  ['"7", 8', 400, 'if_match_invalid'],
  ['"7", "8"', 412, 'stale'],
  ['"seven"', 412, 'stale'],
])('wants one version that we gave: %s', async (version, status, code) => {
  expect((await put(path, { size: 1 }, version)).json()).toMatchObject({ status, code });
});

it('warns of an answer that the route does not declare, and of no other', async () => {
  const lines: string[] = [];
  const app = makeApp(pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }));
  await app.inject({ method: 'PUT', url: path, payload: {} });
  expect(lines).toEqual([]);
  await app.inject({ method: 'PUT', url: path, payload: { size: 1 } });
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { msg: undeclaredProblem, problem: 'version_missing', route: 'getThing' },
  ]);
});

it('serves a section by its name in JSON too', async () => {
  const app = makeApp();
  const section = { ...thing, path: '/things/:id/sections/bank-account' } as const;
  serve(app, section, () => Promise.resolve({ size: 1, owner: null }));
  for (const name of ['bank-account', 'bankAccount'])
    expect(
      (await app.inject({ method: 'PUT', url: `${path}/sections/${name}`, payload: { size: 1 } })).statusCode,
    ).toBe(200);
  expect(app.servedRoutes).toEqual([thing, section]);
});

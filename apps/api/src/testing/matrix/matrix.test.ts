import { allRoutes } from '@rnoce/schemas/routes';
import { beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../app.ts';
import { revive } from '../world.ts';
import { columns, type Matrix, makeMatrix } from './callers.ts';
import { calls, newKey } from './calls.ts';
import { table } from './table.ts';

let test: TestApp;
let matrix: Matrix;
beforeAll(async () => {
  test = await testApp();
  matrix = await makeMatrix(test);
});

const routeOf = (row: string) => {
  const [name] = row.split(':');
  const route = allRoutes.find((one) => one.name === name);
  if (!route) throw new Error(`no route is called ${String(name)}`);
  return route;
};

/** What a refusal says beside its status, by its word in the table. */
const codes: Readonly<Record<string, string>> = {
  401: 'not_signed_in',
  403: 'forbidden',
  404: 'not_found',
  scope: 'scope_missing',
};

/** What a caller gets, as the table writes it. */
async function ask(row: string, column: (typeof columns)[number]): Promise<string> {
  const route = routeOf(row);
  const call = calls[row];
  if (!call) throw new Error(`the row ${row} asks nothing`);
  const { subject = 'holder', params = {}, query, body, headers, shows } = call(matrix.world);
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '');
  const answer = await test.app.inject({
    method: route.method,
    url: `/api/v1${path}`,
    ...(query ? { query } : {}),
    ...(body ? { payload: body } : {}),
    headers: {
      ...matrix.callers[subject][column].headers,
      ...(route.idempotent ? newKey() : {}),
      ...headers,
    },
  });
  const status = String(answer.statusCode);
  if (answer.statusCode < 400) return shows !== undefined && !answer.body.includes(shows) ? 'none' : status;
  const code = answer.body.startsWith('{') ? answer.json<{ code: string }>().code : '';
  if (code === 'scope_missing') return 'scope';
  // Routes for anyone have refusals of their own: a link that isn't known, a password that is wrong.
  const isOpen = route.access.some((kind) => kind === 'anyone' || kind === 'gateway');
  return isOpen || (codes[status] ?? code) === code ? status : `${status} ${code}`;
}

it('every route has a row, and every row a cell for each caller', () => {
  const rows = Object.keys(table);
  const named = new Set(rows.map((row) => routeOf(row).name));
  expect(allRoutes.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
  expect(rows.filter((row) => table[row]?.length !== columns.length)).toEqual([]);
  expect(Object.keys(calls).toSorted()).toEqual(rows.toSorted());
});

it.each(Object.entries(table))('%s', async (row, expected) => {
  const answered: string[] = [];
  for (const column of columns) {
    answered.push(await ask(row, column));
    // Who signed out is asked again in the next row.
    if (routeOf(row).method === 'DELETE') await revive(test);
  }
  const told = (words: readonly string[]) =>
    columns.map((column, index) => `${column}: ${words[index] ?? ''}`);
  expect(told(answered)).toEqual(told(expected));
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readAsked } from './invoice-query.ts';
import { besideKnown, type LookUp, lookUp } from './look-up.ts';

const asked = readAsked(new URLSearchParams('code=1206'));
const page = (items: object[], unfiltered = items.length) => ({
  items,
  page: 1,
  pageSize: 10,
  total: items.length,
  issuers: [],
  unfiltered,
});
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json(
    { type: '', title: 'Titre', status, detail: 'Détail', code, requestId: 'r-1' },
    { status, headers },
  );

let calls: string[];
/** The answers of the API, one a call. */
function answer(...answers: (Response | Error)[]): void {
  calls = [];
  vi.stubGlobal('fetch', async (address: string) => {
    calls.push(address);
    const next = answers.shift();
    if (!next) throw new Error(`One call too many: ${address}`);
    if (next instanceof Error) throw next;
    return next;
  });
}

beforeEach(() => vi.stubGlobal('document', { documentElement: { lang: 'fr' } }));
afterEach(() => vi.unstubAllGlobals());

async function look(): Promise<{ outcome: LookUp; told: string[] }> {
  const told: string[] = [];
  const outcome = await lookUp(asked, {
    signal: new AbortController().signal,
    tell: ({ state }) => told.push(state),
    now: () => 1000,
  });
  return { outcome, told };
}

it('finds', async () => {
  answer(Response.json(page([{ id: 'a' }])));
  expect((await look()).outcome.state).toBe('found');
  expect(calls).toEqual(['/api/v1/public/invoices?subscriptionCode=1206&page=1&sort=dueOn']);
});

it('tells nothing found from nothing left by the filters', async () => {
  answer(Response.json(page([])));
  expect((await look()).outcome).toEqual({ state: 'none' });
  answer(Response.json(page([], 7)));
  expect((await look()).outcome.state).toBe('found');
});

it('makes a proof of work when it is asked for one, and searches again with it', async () => {
  answer(problem(428, 'proof_of_work_missing'), Response.json({}), Response.json(page([{ id: 'a' }])));
  const { outcome, told } = await look();
  expect(outcome.state).toBe('found');
  expect(told).toEqual(['proving']);
  expect(calls[1]).toBe('/api/v1/captcha');
  expect(calls[2]).toContain('captcha=none');
});

it('gives up after two proofs', async () => {
  answer(
    problem(428, 'proof_of_work_missing'),
    Response.json({}),
    problem(422, 'captcha_failed'),
    Response.json({}),
    problem(422, 'captcha_failed'),
  );
  expect((await look()).outcome).toMatchObject({ state: 'failed', error: { code: 'captcha_failed' } });
});

it('says when to come back', async () => {
  answer(problem(429, 'rate_limited', { 'retry-after': '90' }));
  expect((await look()).outcome).toEqual({ state: 'limited', until: 91_000, waitMs: 90_000 });
});

it.each([
  ['no connection', new TypeError('fetch failed'), 'offline'],
  ['a page of a proxy', new Response('<html>', { status: 502 }), 'unreadable'],
  ['half an answer', new Response('{"items":'), 'unreadable'],
  ['a problem of ours', problem(503, 'database_unavailable'), 'database_unavailable'],
])('tells %s', async (_, given, code) => {
  answer(given);
  expect((await look()).outcome).toMatchObject({ state: 'failed', error: { code } });
});

it('a wrong number is an empty filter for who has seen the code’s invoices, and nothing for others', () => {
  const known = { issuers: [{ code: 'TUV', name: 'TUV Rheinland' }], unfiltered: 7, pageSize: 10 };
  const filtered = readAsked(new URLSearchParams('code=1206&number=X'));
  expect(besideKnown({ state: 'none' }, filtered, known)).toEqual({
    state: 'found',
    page: { items: [], page: 1, total: 0, ...known },
  });
  expect(besideKnown({ state: 'none' }, filtered, undefined)).toEqual({ state: 'none' });
  expect(besideKnown({ state: 'none' }, asked, known)).toEqual({ state: 'none' });
  expect(besideKnown({ state: 'failed', error: 1 }, filtered, known)).toEqual({ state: 'failed', error: 1 });
});

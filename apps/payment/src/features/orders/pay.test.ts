import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { goneOf, openOrder, tryAgain } from './pay.ts';

const body = {
  invoiceIds: ['01a2001d-ec74-7af5-be21-8e5e73537a9d'],
  method: 'cmi' as const,
  channel: 'card' as const,
};
const order = { id: 'b7f8…' };
const problem = (status: number, code: string) =>
  Response.json({ code, detail: 'Détail', requestId: 'r-1', status, title: '', type: '' }, { status });

let keys: (string | null)[];
function answer(...answers: (Response | Error)[]): void {
  keys = [];
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
    keys.push(new Headers(init.headers).get('idempotency-key'));
    const next = answers.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error('One call too many.');
    return next;
  });
}

let store: Map<string, string>;
beforeEach(() => {
  store = new Map();
  vi.stubGlobal('document', { documentElement: { lang: 'fr' } });
  vi.stubGlobal('window', {
    sessionStorage: {
      getItem: (name: string) => store.get(name) ?? null,
      setItem: (name: string, value: string) => store.set(name, value),
      removeItem: (name: string) => store.delete(name),
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

it('keeps its key when no answer came, so that the order is opened once', async () => {
  answer(new TypeError('cut'), problem(503, 'database_unavailable'), Response.json(order, { status: 201 }));
  await expect(openOrder(body)).rejects.toMatchObject({ code: 'offline' });
  await expect(openOrder(body)).rejects.toMatchObject({ code: 'database_unavailable' });
  expect(await openOrder(body)).toEqual(order);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
});

it('takes another key for another wish, and for the same wish once it was answered', async () => {
  answer(
    Response.json(order, { status: 201 }),
    Response.json(order, { status: 201 }),
    problem(409, 'invoices_not_payable'),
    Response.json(order, { status: 201 }),
  );
  await openOrder(body);
  await openOrder({ ...body, method: 'amanpay' });
  await expect(openOrder(body)).rejects.toMatchObject({ code: 'invoices_not_payable' });
  await openOrder(body);
  expect(new Set(keys).size).toBe(4);
  expect(store.size).toBe(0);
});

it('another try of an order is a wish of its own each time', async () => {
  answer(Response.json(order, { status: 201 }), Response.json(order, { status: 201 }));
  await tryAgain('one', { method: 'cmi', channel: 'card' });
  await tryAgain('one', { method: 'cmi', channel: 'card' });
  expect(new Set(keys).size).toBe(2);
});

it('knows which invoices can’t be paid any more, and that nobody names them', () => {
  const refused = (pointers: readonly string[]) =>
    new ApiError('invoices_not_payable', {
      status: 409,
      problem: {
        type: '',
        title: '',
        detail: '',
        status: 409,
        code: 'invoices_not_payable',
        requestId: 'r-1',
        errors: pointers.map((pointer) => ({ pointer, code: 'invoice_not_payable', message: '' })),
      },
    });
  const asked = ['a', 'b', 'c'];
  expect(goneOf(refused(['/invoiceIds/0', '/invoiceIds/2', '/invoiceIds/7', '/amount']), asked)).toEqual([
    'a',
    'c',
  ]);
  expect(goneOf(refused([]), asked)).toEqual([]);
  expect(goneOf(new ApiError('not_found', { status: 404 }), asked)).toEqual([]);
});

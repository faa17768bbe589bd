import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sandboxAmanPayMerchant } from '../amanpay/amanpay-merchant.ts';
import { sha1Hmac } from '../amanpay/amanpay-order.ts';
import { ver3 } from '../cmi/cmi-hash.ts';
import { sandboxCmiMerchant } from '../cmi/cmi-merchant.ts';
import { type RunningSandbox, startSandbox } from '../start-sandbox.ts';
import { placeholderImage } from './placeholder-image.ts';
import { cardFault } from './test-cards.ts';

let dataDir: string;
let sandbox: RunningSandbox;
const start = () => startSandbox({ dataDir, badrKey: 'key' });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gateways-'));
  sandbox = await start();
});
afterAll(async () => {
  await sandbox.stop();
  await rm(dataDir, { recursive: true });
});
beforeEach(async () => {
  await send('POST', '/api/reset');
});

const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const json = async (path: string): Promise<unknown> => (await send('GET', path)).json();
const text = async (path: string) => (await send('GET', path)).text();

const cmiRequest = (oid: string): Record<string, string> => ({
  clientid: sandboxCmiMerchant.clientId,
  storetype: '3D_PAY_HOSTING',
  TranType: 'PreAuth',
  amount: '12.50',
  currency: '504',
  oid,
  okUrl: 'http://127.0.0.1:9/ok',
  failUrl: 'http://127.0.0.1:9/fail',
  shopurl: 'http://127.0.0.1:9/shop',
  callbackUrl: 'http://127.0.0.1:9/callback',
  email: 'a@b.example',
  BillToName: 'Client',
  sessiontimeout: '1800',
  hashAlgorithm: 'ver3',
});
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers,
  });
const visit = (oid: string, headers: Record<string, string> = {}) => {
  const fields = cmiRequest(oid);
  return post(
    '/cmi/fim/est3Dgate',
    { ...fields, HASH: ver3(Object.entries(fields), sandboxCmiMerchant.storeKey) },
    headers,
  );
};

describe('pages', () => {
  it.each(['/cmi', '/fatourati', '/amanpay', '/fatourati/pay', '/amanpay/agency'])(
    '%s is marked as a sandbox',
    async (path) => {
      expect(await text(path)).toContain('BAC À SABLE');
    },
  );

  it('the payer of another site may come in, another site may not act', async () => {
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    expect((await visit('PN-1-1', crossSite)).status).toBe(303);
    expect((await post('/cmi/pages/PN-1-1/refuse', {}, crossSite)).status).toBe(403);
    expect((await send('POST', '/api/cmi/orders/PN-1-1/pay', {}, crossSite)).status).toBe(403);
    expect(await json('/api/cmi/orders/PN-1-1')).toMatchObject({ state: 'open', amount: 1_250 });
  });

  it('let a payment’s form lead back to its merchant alone', async () => {
    await visit('PN-2-1');
    await post('/cmi/pages/PN-2-1/refuse', { code: '51' });
    const page = await send('GET', '/cmi/pages/PN-2-1/result');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:9;");
    expect(await page.text()).toContain('action="http://127.0.0.1:9/fail"');
  });

  it('let a tester change the behaviour, act and lie', async () => {
    await visit('PN-3-1');
    await post('/cmi/mode', { callbacks: 'hold', copies: '2', delayMs: '' });
    expect(await text('/cmi')).toContain('jusqu’à nouvel ordre');
    expect((await post('/cmi/orders/PN-3-1/pay', {})).status).toBe(303);
    expect((await post('/cmi/orders/PN-3-1/forge', { variant: 'wrong_hash' })).status).toBe(303);
    expect((await post('/cmi/orders/PN-3-1/forge', { variant: 'nothing' })).status).toBe(400);
    const page = await text('/cmi/orders/PN-3-1');
    expect(page).toContain('held');
    expect(page).toContain('faux : wrong_hash');
    await post('/cmi/mode', { normal: 'true' });
    expect(await json('/api/cmi/mode')).toEqual({ rules: [] });
    expect((await post('/cmi/release', { order: 'shuffle' })).status).toBe(303);
    expect((await post('/cmi/settle', {})).status).toBe(303);
  });

  it('show an AmanPay order, which ends once', async () => {
    const { merchantId, accessKey, secret } = sandboxAmanPayMerchant;
    const form = {
      merchant_id: merchantId,
      access_key: accessKey,
      amount: '1250',
      order_id: 'PN-4-1',
      hmac: sha1Hmac(`${merchantId}:PN-4-1:1250:MAD`, secret),
      currency: 'MAD',
      redirect_url: 'http://127.0.0.1:9/commandes/4',
    };
    expect((await post('/amanpay/widget/', form)).status).toBe(303);
    const card = { number: '4000000000000010', expiry: '12/40', cvv: '000' };
    expect((await post('/amanpay/pages/PN-4-1/card', { ...card, cvv: '111' })).status).toBe(422);
    expect((await post('/amanpay/pages/PN-4-1/debit', {})).status).toBe(303);
    expect(await text('/amanpay/pages/PN-4-1')).toContain('Les jours passent');
    expect((await post('/amanpay/pages/PN-4-1/refuse', {})).status).toBe(303);
    expect(await text('/amanpay/pages/PN-4-1')).toContain('href="http://127.0.0.1:9/commandes/4"');
    expect((await post('/amanpay/pages/PN-4-1/pay', {})).status).toBe(409);
    expect((await post('/amanpay/widget/', form)).status).toBe(400);
  });
});

it('documents every call of the control interface', async () => {
  const page = await text('/docs');
  for (const call of [
    'orders?state=',
    'orders/{reference}',
    'pay | refuse | cancel | expire | reverse',
    '/forge',
    '/debit',
    '/ask-status',
    '/return',
    '/callbacks?reference=',
    '/callbacks/release',
    '/mode',
    '/settle',
    '/settlement.csv',
    '/cmi/fim/est3Dgate',
    '/cmi/fim/api',
    '/amanpay/widget/',
  ])
    expect(page).toContain(call);
});

it('finds its registers again after a restart, and forgets them when reset', async () => {
  await visit('PN-5-1');
  await send('POST', '/api/cmi/orders/PN-5-1/cancel');
  await sandbox.stop();
  sandbox = await start();
  expect(await json('/api/cmi/orders/PN-5-1')).toMatchObject({ state: 'cancelled' });
  expect((await visit('PN-5-1')).status).toBe(400);
  await send('POST', '/api/reset');
  expect(await json('/api/cmi/orders')).toEqual({
    items: [],
    totals: { count: 0, authorised: 0, captured: 0, refunded: 0 },
  });
});

it('notifies nobody in vain: a merchant who is away is a failed delivery, and the money stays where it was', async () => {
  await visit('PN-6-1');
  const paid = await send('POST', '/api/cmi/orders/PN-6-1/pay');
  expect(await paid.json()).toMatchObject({ answers: [], entry: { state: 'authorised', captured: 0 } });
  expect(await json('/api/cmi/callbacks?reference=PN-6-1')).toMatchObject({ items: [{ state: 'failed' }] });
});

it.each([
  [{ number: '4111111111111111', expiry: '12/40', cvv: '000', authentication: '' }, 'vraie carte'],
  [{ number: '4000000000000010', expiry: '10/26', cvv: '000', authentication: '' }, 'expiration'],
  [{ number: '4000000000000010', expiry: '13/40', cvv: '000', authentication: '' }, 'expiration'],
  [{ number: '4000000000000010', expiry: '11/26', cvv: '001', authentication: '' }, 'CVV'],
  [{ number: '5191630100004896', expiry: '11/26', cvv: '000', authentication: '' }, 'authentification'],
])('takes test cards only, and says why %#', (card, reason) => {
  expect(cardFault(card, new Date('2026-11-21T12:00:00Z'))).toContain(reason);
});
it('takes the test cards', () => {
  const card = { number: '5453 0100 0006 6100', expiry: '11/26', cvv: '000', authentication: '' };
  expect(cardFault(card, new Date('2026-11-21T12:00:00Z'))).toBeUndefined();
});

it('makes an image that differs with its text', () => {
  expect(placeholderImage('1')).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
  expect(placeholderImage('1')).not.toBe(placeholderImage('2'));
});

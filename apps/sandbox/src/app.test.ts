import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fixtures } from './badr/fixtures.ts';
import { type RunningSandbox, startSandbox } from './start-sandbox.ts';

let dataDir: string;
let sandbox: RunningSandbox;
const atlas = fixtures.atlasNegoce;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  sandbox = await startSandbox({ dataDir, badrKey: 'key' });
});
afterAll(async () => {
  await sandbox.stop();
  await rm(dataDir, { recursive: true });
});
beforeEach(async () => {
  await send('POST', '/api/reset');
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}${path}`, { headers });
const page = async (path: string) => {
  const response = await get(path);
  expect(response.status).toBe(200);
  return response.text();
};
const json = async (path: string): Promise<unknown> => (await get(path)).json();
const send = (method: string, path: string, body?: unknown) =>
  fetch(`${sandbox.url}${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
const submit = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
    redirect: 'manual',
  });
const lookUp = (ice: string) => {
  const { operatorType, taxId, rcNumber, rcCentre } = atlas;
  const query = new URLSearchParams({ operatorType, ice, taxId, rcNumber, rcCentre });
  return get(`/badr/operators?${query.toString()}`, { authorization: 'Bearer key' });
};
const mail = async (fields: { to: string; subject: string; html?: string; text?: string }) => {
  const transport = createTransport({ url: sandbox.smtpUrl });
  await transport.sendMail({ from: 'rnoce@rnoce.example', ...fields });
};

describe('pages', () => {
  it.each(['/', '/badr', '/badr/received', '/badr/operations', '/badr/calls', '/inbox', '/docs'])(
    '%s is marked as a sandbox',
    async (path) => {
      const response = await get(path);
      expect(await response.text()).toContain('BAC À SABLE');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    },
  );

  it('document every call of the control interface', async () => {
    const text = await page('/docs');
    for (const call of [
      'GET /api/badr/companies',
      'POST /api/badr/companies',
      'GET /api/badr/companies/{ice}',
      'PATCH /api/badr/companies/{ice}',
      'DELETE /api/badr/companies/{ice}',
      'GET /api/badr/mode',
      'PUT /api/badr/mode',
      'GET /api/badr/calls',
      'DELETE /api/badr/calls',
      'GET /api/badr/registrations',
      'GET /api/inbox',
      'DELETE /api/inbox',
      'GET /api/inbox/mode',
      'PUT /api/inbox/mode',
      'POST /api/reset',
    ]) {
      expect(text).toContain(call);
    }
  });

  it('let a tester add, generate, find, correct and remove a company', async () => {
    const added = await submit('/badr/companies', {
      operatorType: 'exporter',
      legalName: 'Société <b>du</b> Test',
      ice: '',
    });
    expect(added.status).toBe(303);
    const address = added.headers.get('location') ?? '';
    const found = await page('/badr?search=du%3C/b%3E');
    expect(found).toContain('Société &lt;b&gt;du&lt;/b&gt; Test');
    expect(found).toContain(address);
    expect(found).not.toContain(atlas.ice + '</td>');

    expect((await submit(`${address}/email`, { email: 'neuf@test.example' })).status).toBe(303);
    expect(await page(address)).toContain('neuf@test.example');
    expect((await submit(`${address}/remove`, {})).status).toBe(303);
    expect((await get(address)).status).toBe(404);
    expect((await submit('/badr/companies', {})).status).toBe(303);
  });

  it('let a tester disturb BADR for a number of calls', async () => {
    await submit('/badr/mode', { mode: 'error', delayMs: '8000', variant: 'html', calls: '1', ice: '' });
    expect(await page('/badr')).toContain('encore 1 appel');
    expect((await lookUp(atlas.ice)).status).toBe(500);
    expect((await lookUp(atlas.ice)).status).toBe(200);
    expect(await page('/badr/calls')).toContain('<td>error</td><td>500</td>');
  });

  it('take no order from other sites', async () => {
    const refused = await submit('/reset', {}, { 'sec-fetch-site': 'cross-site' });
    expect(refused.status).toBe(403);
    expect((await submit('/reset', {}, { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });
});

describe('BADR', () => {
  it('wants its key', async () => {
    expect((await get('/badr/health')).status).toBe(401);
    expect((await get('/badr/health', { authorization: 'Bearer other' })).status).toBe(401);
    expect((await get('/badr/health', { authorization: 'Bearer key' })).status).toBe(200);
  });

  it('can be disturbed for one company alone, and shows its calls', async () => {
    await send('PUT', '/api/badr/mode', { mode: 'error', ice: atlas.ice });
    expect((await lookUp(atlas.ice)).status).toBe(500);
    expect((await lookUp(fixtures.importChaouia.ice)).status).toBe(409);
    expect(await json(`/api/badr/calls?ice=${atlas.ice}`)).toMatchObject({
      items: [{ mode: 'error', status: 500 }],
    });
    await send('PUT', '/api/badr/mode', { mode: 'normal', ice: atlas.ice });
    expect(await json('/api/badr/mode')).toEqual({ rules: [] });
  });

  it('says what is wrong with an order', async () => {
    const refused = await send('PUT', '/api/badr/mode', { mode: 'asleep' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('mode');
    expect((await send('POST', '/api/badr/companies', { ice: '12' })).status).toBe(400);
    expect(
      (await send('POST', '/api/badr/companies', { ice: atlas.ice, operatorType: 'importer' })).status,
    ).toBe(409);
  });

  it('adds what a test gives and invents the rest', async () => {
    const company = await send('POST', '/api/badr/companies', {
      operatorType: 'customs_broker',
      email: 'x@y.example',
    });
    expect(company.status).toBe(201);
    const { ice } = z.object({ ice: z.string() }).parse(await company.json());
    expect(await json(`/api/badr/companies/${ice}`)).toMatchObject({
      email: 'x@y.example',
      approvalNumber: expect.any(String),
    });
    await send('PATCH', `/api/badr/companies/${ice}`, { accountStatus: 'cancelled' });
    expect(await json(`/api/badr/companies/${ice}`)).toMatchObject({ accountStatus: 'cancelled' });
    expect((await send('DELETE', `/api/badr/companies/${ice}`)).status).toBe(204);
    expect((await get(`/api/badr/companies/${ice}`)).status).toBe(404);
  });
});

describe('single window', () => {
  const key = { 'x-api-key': 'sandbox-single-window-key', 'content-type': 'application/json' };
  const opening = (given: object = {}) => ({
    subscriptionCode: 'K7R2',
    operator: { ice: '009900001000055', legalName: 'Atlas <Négoce>', operatorType: 'importer' },
    user: {
      lastName: 'El Alaoui',
      firstName: 'Salma',
      email: 'salma@atlas.example',
      cin: 'AE180358',
      idAddress: 'Rabat',
      idExpiresOn: '2031-01-01',
      ...given,
    },
  });
  const ask = (reference: string, body: object = opening(), headers: Record<string, string> = key) =>
    fetch(`${sandbox.url}/single-window/accounts/${reference}`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(body),
    });

  it('opens an account once per reference, under a login of its own', async () => {
    const first = await ask('r1');
    expect([first.status, await first.json()]).toMatchObject([201, { login: 's.elalaoui' }]);
    const again = await ask('r1');
    expect([again.status, await again.json()]).toMatchObject([200, { login: 's.elalaoui' }]);
    expect(await (await ask('r2', opening({ email: 'b@atlas.example' }))).json()).toMatchObject({
      login: 's.elalaoui2',
    });
    expect((await ask('r1', opening({ cin: 'X1' }))).status).toBe(409);
    expect((await ask('r3', { user: {} })).status).toBe(422);
    expect((await ask('r3', opening(), { 'content-type': 'application/json' })).status).toBe(401);
    expect(await json('/api/single-window/accounts?ice=009900001000055')).toMatchObject({
      items: [{ reference: 'r1', asked: 2 }, { reference: 'r2' }],
    });
    expect(await page('/single-window')).toContain('Atlas &lt;Négoce&gt;');
  });

  it('refuses an e-mail that is marked, and the n-th of a company, and does what else it is told', async () => {
    await send('PUT', '/api/single-window/marks', { email: 'SALMA@atlas.example', refused: true });
    expect(await (await ask('r1')).json()).toMatchObject({ code: 'REFUSED' });
    expect(await page('/single-window')).toContain('salma@atlas.example');
    await submit('/single-window/marks', { email: 'salma@atlas.example', refused: 'false' });
    await send('PUT', '/api/single-window/refuse-nth', { ice: '009900001000055', nth: 2 });
    const statuses: number[] = [];
    for (const reference of ['r1', 'r2', 'r3']) statuses.push((await ask(reference)).status);
    expect(statuses).toEqual([201, 422, 201]);
    await submit('/single-window/mode', { mode: 'cut_after', calls: '1' });
    await expect(ask('r4')).rejects.toThrow('fetch failed');
    expect(await (await ask('r4')).json()).toMatchObject({ login: 's.elalaoui3' });
    await submit('/single-window/mode', { mode: 'error' });
    expect((await ask('r5')).status).toBe(500);
    expect(await page('/single-window')).toContain('error');
  });
});

describe('inbox', () => {
  it('shows a mail without letting it act', async () => {
    await mail({
      to: 'nadia@club.example',
      subject: 'Lien <1>',
      html: '<html><head><title>t</title></head><body><script>alert(1)</script><a href="https://rnoce.example/p/1">ici</a></body></html>',
      text: 'https://rnoce.example/p/1',
    });
    const { items } = z
      .object({ items: z.array(z.object({ id: z.string(), subject: z.string() })) })
      .parse(await json('/api/inbox?to=NADIA@club.example'));
    expect(items).toHaveLength(1);
    const id = items[0]?.id ?? '';
    const list = await page('/inbox?to=nadia@club.example');
    expect(list).toContain('Lien &lt;1&gt;');
    expect(list).toContain('http-equiv="refresh"');

    const shown = await page(`/inbox/${id}`);
    expect(shown).toContain('<a href="https://rnoce.example/p/1" target="_blank" rel="noopener noreferrer">');
    expect(shown).toContain(`<iframe src="/inbox/${id}/html"`);
    expect(shown).not.toContain('<script>');
    const part = await get(`/inbox/${id}/html`);
    expect(part.headers.get('content-security-policy')).toMatch(
      /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
    );
    expect(await part.text()).toContain('<head><base target="_blank">');
    expect((await get('/inbox/unknown')).status).toBe(404);
  });

  it('refuses for one recipient alone', async () => {
    await send('PUT', '/api/inbox/mode', { mode: 'permfail', to: 'Non@club.example' });
    await expect(mail({ to: 'non@club.example', subject: 'x', text: 'x' })).rejects.toMatchObject({
      responseCode: 550,
    });
    await mail({ to: 'oui@club.example', subject: 'x', text: 'x' });
    expect(await json('/api/inbox?subject=x')).toMatchObject({
      total: 1,
      items: [{ to: ['oui@club.example'] }],
    });
    await send('DELETE', '/api/inbox');
    expect(await json('/api/inbox')).toEqual({ items: [], total: 0 });
  });
});

describe('process', () => {
  const start = async (folder: string) => {
    const child = spawn(process.execPath, [new URL('./server.ts', import.meta.url).pathname], {
      env: { ...process.env, DATA_DIR: folder, SANDBOX_PORT: '0', SMTP_PORT: '0', BADR_KEY: 'key' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const [line] = await once(child.stdout, 'data');
    const url = /http:\/\/\S+/.exec(String(line))?.[0] ?? '';
    return { child, exited, url };
  };

  it('stops when asked, even with a call under way, and finds its companies again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-process-'));
    const first = await start(folder);
    const headers = { 'content-type': 'application/json' };
    await fetch(`${first.url}/api/badr/companies`, {
      method: 'POST',
      headers,
      body: '{"legalName":"Gardée SARL"}',
    });
    await fetch(`${first.url}/api/badr/mode`, {
      method: 'PUT',
      headers,
      body: '{"mode":"slow","delayMs":60000}',
    });
    const cut = fetch(`${first.url}/badr/health`, { headers: { authorization: 'Bearer key' } }).then(
      () => 'answered',
      () => 'cut',
    );
    await fetch(`${first.url}/healthz`);
    first.child.kill('SIGTERM');
    expect(await cut).toBe('cut');
    expect((await first.exited)[0]).toBe(0);

    const second = await start(folder);
    const found = await fetch(`${second.url}/api/badr/companies?search=Gardée`);
    expect(await found.json()).toMatchObject({ items: [{ legalName: 'Gardée SARL' }] });
    second.child.kill('SIGINT');
    expect((await second.exited)[0]).toBe(0);
    await rm(folder, { recursive: true });
  });
});

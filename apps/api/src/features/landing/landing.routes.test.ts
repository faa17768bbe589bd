import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';

let test: TestApp;
let folder: string;
const secret = 'ne doit pas sortir';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rnoce-spa-'));
  for (const spa of ['portal', 'backoffice', 'payment']) {
    mkdirSync(join(folder, spa, 'assets'), { recursive: true });
    writeFileSync(join(folder, spa, 'index.html'), `<!doctype html><title>${spa}</title>`);
  }
  const script = 'export const a = 1;';
  writeFileSync(join(folder, 'portal', 'assets', 'index-abc123.js'), script);
  writeFileSync(join(folder, 'portal', 'assets', 'index-abc123.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, 'portal', 'assets', 'ibm-plex-sans-arabic-latin-400-normal-Bo5K.woff2'), 'font');
  writeFileSync(join(folder, 'portal', '.build-stamp'), secret);
  mkdirSync(join(folder, 'portal', '.vite'));
  writeFileSync(join(folder, 'portal', '.vite', 'manifest.json'), secret);
  writeFileSync(join(folder, 'secret.txt'), secret);
  test = await testApp({ environment: { SPA_DIR: folder, ASSISTANCE_URL: 'https://aide.example/?a=1&b=2' } });
});
afterAll(() => rmSync(folder, { recursive: true }));

const get = (url: string, headers: Record<string, string> = {}) => test.app.inject({ url, headers });

describe('the landing page', () => {
  it.each([
    ['fr', 'ltr', 'Inscrivez votre entreprise'],
    ['ar', 'rtl', 'سجّلوا مقاولتكم'],
    ['en', 'ltr', 'Register your company'],
  ])('speaks %s', async (locale, direction, sentence) => {
    for (const answer of [
      await get(`/?lang=${locale}`),
      await get('/', { 'accept-language': `${locale}-MA,de;q=0.5` }),
      await get('/', { cookie: `rnoce_locale=${locale}`, 'accept-language': 'de' }),
    ]) {
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.body).toContain(`<html lang="${locale}" dir="${direction}">`);
      expect(answer.body).toContain(sentence);
      expect(answer.body).not.toMatch(/landing:|reference:|undefined|\[object/);
    }
  });

  it('remembers the language that was chosen', async () => {
    const answer = await get('/?lang=ar');
    expect(answer.cookies).toEqual([
      { name: 'rnoce_locale', value: 'ar', path: '/', sameSite: 'Lax', maxAge: 31_536_000 },
    ]);
    const https = await testApp({ environment: { PUBLIC_URL: 'https://rnoce.example' } });
    const { cookies } = await https.app.inject('/?lang=ar');
    expect(cookies).toEqual([{ ...answer.cookies[0], secure: true }]);
    expect((await get('/?lang=xx')).cookies).toEqual([]);
  });

  it('opens three doors, helps, and needs no script', async () => {
    const { body } = await get('/');
    for (const link of ['/espace-prive/', '/paiement/', '/agents/', '/api/docs', 'tel:0520473100'])
      expect(body).toContain(`href="${link}"`);
    expect(body).toContain('href="https://aide.example/?a=1&amp;b=2"');
    expect(body).not.toContain('<script');
    expect(body).not.toContain('style="');
  });

  it('says which outside service is away', async () => {
    const { body } = await get('/?lang=fr');
    // The sandbox's BADR answers; no mail server listens in this test.
    expect(body).toMatch(/Douane \(BADR\)<\/span>\s*<span class="state up">/);
    expect(body).toMatch(/Envoi des e-mails<\/span>\s*<span class="state down">/);
  });

  it('brings its style sheet, with the fonts of the portal, for a year', async () => {
    const { body } = await get('/');
    const href = /href="(\/landing\.css\?v=[\w-]+)"/.exec(body)?.[1] ?? '';
    const answer = await get(href);
    expect(answer.headers['content-type']).toContain('text/css');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.body).toContain('/espace-prive/assets/ibm-plex-sans-arabic-latin-400-normal-Bo5K.woff2');
    expect((await get('/favicon.svg')).headers['content-type']).toContain('image/svg+xml');
  });

  it('has a page for an address that leads nowhere, and a problem for programs', async () => {
    const page = await get('/nulle-part?lang=en', { accept: 'text/html,*/*' });
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain('This page does not exist');
    for (const answer of [
      await get('/nulle-part', { accept: 'application/json' }),
      await get('/api/v1/nulle-part', { accept: 'text/html' }),
      await test.app.inject({ method: 'POST', url: '/nulle-part' }),
    ]) {
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({ code: 'not_found' });
    }
  });
});

describe('the applications', () => {
  it.each([
    ['/espace-prive/', 'portal'],
    ['/espace-prive/registre/creer-mot-de-passe/abc.def', 'portal'],
    ['/agents/filings/1', 'backoffice'],
    ['/paiement/', 'payment'],
  ])('%s is found by %s', async (url, spa) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe(`<!doctype html><title>${spa}</title>`);
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
  });

  it('open by the address of a password link as the guide writes it, which no cache keeps', async () => {
    const answer = await get('/registre/creer-mot-de-passe/abc.def');
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toBe('/espace-prive/registre/creer-mot-de-passe/abc.def');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('open without the final slash too', async () => {
    const answer = await get('/espace-prive');
    expect(answer.statusCode).toBe(308);
    expect(answer.headers.location).toBe('/espace-prive/');
  });

  it('keep hashed files for a year, and send them compressed to who can read that', async () => {
    const url = '/espace-prive/assets/index-abc123.js';
    const plain = await get(url);
    expect(plain.body).toBe('export const a = 1;');
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toContain('javascript');
    const small = await get(url, { 'accept-encoding': 'gzip, br' });
    expect(small.headers['content-encoding']).toBe('br');
    expect(small.headers['content-type']).toContain('javascript');
    expect(brotliDecompressSync(small.rawPayload).toString()).toBe('export const a = 1;');
  });

  it('answer 404 for a file of another build, not a page in its place', async () => {
    expect((await get('/espace-prive/assets/index-old.js')).statusCode).toBe(404);
  });

  it.each([
    '/espace-prive/.build-stamp',
    '/espace-prive/.vite/manifest.json',
    '/espace-prive/../secret.txt',
    '/espace-prive/..%2fsecret.txt',
    '/espace-prive/%2e%2e/secret.txt',
    '/espace-prive/assets/..%5c..%5csecret.txt',
    '/espace-prive//etc/passwd',
    '/espace-prive/%00',
  ])('give away nothing at %s', async (url) => {
    const answer = await get(url);
    expect(answer.body).not.toContain(secret);
    expect(answer.body).not.toContain('root:');
  });
});

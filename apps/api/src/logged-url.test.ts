import { Writable } from 'node:stream';
import fastify from 'fastify';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { loggedUrl } from './logged-url.ts';
import { logOptions } from './process.ts';

it.each([
  [
    '/espace-prive/registre/creer-mot-de-passe/abc-DEF_1',
    '/espace-prive/registre/creer-mot-de-passe/[secret]',
  ],
  ['/registre/creer-mot-de-passe/abc-DEF_1', '/registre/creer-mot-de-passe/[secret]'],
  ['/espace-prive/registre/creer-mot-de-passe/abc?x=1', '/espace-prive/registre/creer-mot-de-passe/[secret]'],
  [
    '/api/v1/payment-orders/0f4a2b6c-9d1e-4c3b-8a7f-5e6d7c8b9a01/receipt?locale=fr',
    '/api/v1/payment-orders/0f4a2b6c…/receipt',
  ],
  ['/paiement/commandes/0f4a2b6c-9d1e-4c3b-8a7f-5e6d7c8b9a01', '/paiement/commandes/0f4a2b6c…'],
  ['/api/v1/receipts/AB12-CD34-EF56-GH78-JK90-MN12-PQ34', '/api/v1/receipts/AB12-CD3…'],
  ['/api/v1/payment-orders', '/api/v1/payment-orders'],
  ['/api/v1/filings?q=002427432000057', '/api/v1/filings'],
  ['/api/v1/account', '/api/v1/account'],
  [`/api/v1/invoices/rnoce_7fK2mQ9xW4pT_${'x'.repeat(40)}`, '/api/v1/invoices/rnoce_7fK2mQ9xW4pT_[secret]'],
  ['/x/rnoce_7fK2mQ9xW4pT_cutShort/y%20z', '/x/rnoce_7fK2mQ9xW4pT_[secret]/y z'],
  ['/x/rnoce%5F7fK2mQ9xW4pT%5Fsecret', '/x/rnoce_7fK2mQ9xW4pT_[secret]'],
  ['/x/y%20z', '/x/y%20z'],
])('%s is logged as %s', (url, logged) => {
  expect(loggedUrl(url)).toBe(logged);
});

it('is what Fastify writes, without the secrets of headers', async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const log = pino({ ...logOptions, level: 'info' }, stream);
  const app = fastify({ loggerInstance: log });
  app.get('/*', async () => 'page');
  await app.inject({
    url: '/espace-prive/registre/creer-mot-de-passe/secret-du-lien?q=recherche',
    headers: { cookie: 'rnoce_operator=secret-de-session' },
  });
  log.info({ body: { password: 'secret-du-formulaire' } });
  await app.close();
  const text = lines.join('');
  expect(text).toContain('incoming request');
  expect(text).toContain('/registre/creer-mot-de-passe/[secret]');
  expect(text).not.toMatch(/secret-d|recherche/);
});

import { readFileSync } from 'node:fs';
import { locales } from '@rnoce/i18n';
import { problemCodes } from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import { isAdvised } from './problem-advice.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const page = async (code: string, locale: string) =>
  await test.app.inject({ url: `/api/docs/problems/${code}?lang=${locale}` });

describe('the page of a problem', () => {
  it('is where the `type` of an answer leads to', async () => {
    const problem = await test.app.inject({ url: '/api/v1/account' });
    const { type, code } = problem.json<{ type: string; code: string }>();
    expect(type).toBe(`/api/docs/problems/${code}`);
    const answer = await test.app.inject({ url: type, headers: { 'accept-language': 'en' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
    for (const part of ['<h1>Sign-in needed</h1>', '401 not_signed_in', '&quot;requestId&quot;'])
      expect(answer.body).toContain(part);
  });

  it.each(locales)('is there for every problem, in %s', async (locale) => {
    for (const code of problemCodes) {
      const { statusCode, body } = await page(code, locale);
      expect({ code, statusCode }).toEqual({ code, statusCode: 200 });
      expect(body).toContain(`<html lang="${locale}"`);
      expect({ code, left: /\{\{|landing:|errors:/.exec(body)?.[0] }).toEqual({ code, left: undefined });
      expect(body.match(/<h2/g)).toHaveLength(4);
    }
  });

  it('names the operations that answer it, or says that all do, or none', async () => {
    const paid = (await page('invoice_paid', 'en')).body;
    expect(paid).toContain('<code>PUT /api/v1/invoices/{number}</code>');
    expect(paid).not.toContain('GET /api/v1/invoices');
    expect((await page('internal', 'en')).body).toContain('Any operation may answer it.');
    expect((await page('method_not_allowed', 'en')).body).toContain('before any operation');
  });

  it('says what to do wherever there is something to add to the sentence', () => {
    const words = JSON.parse(
      readFileSync(new URL('../../../../../packages/i18n/src/fr/landing.json', import.meta.url), 'utf8'),
    ) as Record<string, string>;
    const written = Object.keys(words).filter((key) => key.startsWith('problems.do.'));
    expect(written).toEqual(
      problemCodes
        .filter(isAdvised)
        .map((code) => `problems.do.${code}`)
        .toSorted(),
    );
  });

  it.each([
    ['fr', 'Aucun problème n&#39;a ce code'],
    ['ar', 'لا توجد مشكلة بهذا الرمز'],
    ['en', 'No problem has this code'],
  ])('of an unknown code is the list, as not found, in %s', async (locale, sentence) => {
    const answer = await page('<b>no_such_problem', locale);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain(sentence);
    expect(answer.body).not.toContain('no_such_problem');
    expect(answer.body).toContain('href="/api/docs/problems/email_in_use"');
  });

  it('is found from the list, and by the anchors of before', async () => {
    const list = (await test.app.inject({ url: '/api/docs/problems' })).body;
    for (const code of problemCodes) {
      expect(list).toContain(`id="${code}"`);
      expect(list).toContain(`href="/api/docs/problems/${code}"`);
    }
  });
});

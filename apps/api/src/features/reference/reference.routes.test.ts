import { getReferenceList } from '@rnoce/schemas';
import { beforeAll, describe, expect, it } from 'vitest';
import { testAccess } from '../../testing/access.ts';
import { type TestApp, testApp } from '../../testing/app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const get = (list: string, headers: Record<string, string> = {}) =>
  test.app.inject({ url: `/api/v1/reference/${list}`, headers });

describe('access', () => {
  const anyList = { list: 'banks' };
  testAccess(
    () => test,
    [{ route: getReferenceList, params: anyList, anonymous: 200, operator: 200, agent: 200 }],
  );
});

describe('GET /reference/{list}', () => {
  it.each([
    ['rc-centres', 67, { code: '81', label: 'CASABLANCA' }],
    ['cities', 1708, { code: '0077', label: 'FKIH BEN SALAH' }],
    ['activities', 650, { code: '0141', label: 'Élevage de vaches laitières' }],
    ['banks', 25, { code: '007', label: 'Attijariwafa bank' }],
  ])('serves %s', async (list, count, entry) => {
    const answer = await get(list);
    expect(answer.statusCode).toBe(200);
    const { items } = answer.json<{ items: object[] }>();
    expect(items).toHaveLength(count);
    expect(items).toContainEqual(expect.objectContaining(entry));
  });

  it('names the operator types in French and Arabic', async () => {
    expect((await get('operator-types')).json()).toMatchObject({
      items: expect.arrayContaining([
        { code: 'importer', label: 'Importateur', labelAr: 'المستورد' },
      ]) as unknown,
    });
  });

  it('answers 304 to who has it already', async () => {
    const { etag } = (await get('banks')).headers;
    expect((await get('banks', { 'if-none-match': String(etag) })).statusCode).toBe(304);
  });

  it('knows no other list, and says so in the language of the caller', async () => {
    const answer = await get('secrets', { 'accept-language': 'en' });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      code: 'not_found',
      title: 'Not found',
      requestId: answer.headers['x-request-id'],
    });
  });
});

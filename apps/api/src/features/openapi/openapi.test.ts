import { readFileSync } from 'node:fs';
import { isRawResponse, type Route, validate } from '@rnoce/schemas';
import { allRoutes } from '@rnoce/schemas/routes';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../testing/app.ts';
import { openApiText } from './openapi-document.ts';
import { routeExamples } from './openapi-examples.ts';

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
});

const text = openApiText();
const described = (route: Route) => `${route.method} ${route.path}`;

describe('the OpenAPI document', () => {
  it('is the committed one: `npm run openapi` writes it', () => {
    expect(text).toBe(readFileSync(new URL('../../../../../docs/openapi.json', import.meta.url), 'utf8'));
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(text);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('refers to nothing that it lacks, and holds nothing that it does not refer to', () => {
    const referred = new Set([...text.matchAll(/"#\/components\/([\w/-]+)"/g)].map(([, path = '']) => path));
    const { components } = JSON.parse(text) as { components: Record<string, Record<string, object>> };
    const held = Object.entries(components)
      .filter(([kind]) => kind !== 'securitySchemes' && kind !== 'examples')
      .flatMap(([kind, entries]) => Object.keys(entries).map((name) => `${kind}/${name}`));
    expect([...referred].filter((path) => !path.startsWith('examples/')).toSorted()).toEqual(held.toSorted());
    for (const path of referred) {
      const [kind = '', name = ''] = path.split('/');
      expect(components[kind]).toHaveProperty([name]);
    }
  });

  it('is served, to be kept by its ETag', async () => {
    const answer = await test.app.inject({ url: '/api/openapi.json' });
    expect(answer.body).toBe(text);
    const again = await test.app.inject({
      url: '/api/openapi.json',
      headers: { 'if-none-match': String(answer.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });
});

describe('the contract', () => {
  it('is served whole, and nothing beside it', () => {
    const served = test.app.servedRoutes.map(({ name }) => name);
    expect(served.toSorted()).toEqual(allRoutes.map(({ name }) => name).toSorted());
    const unserved = allRoutes.filter(
      ({ method, path }) => !test.app.hasRoute({ method, url: `/api/v1${path}` }),
    );
    expect(unserved.map(described)).toEqual([]);
  });

  it('names each route once, by method and path too', () => {
    expect(new Set(allRoutes.map(({ name }) => name)).size).toBe(allRoutes.length);
    expect(new Set(allRoutes.map(described)).size).toBe(allRoutes.length);
  });
});

describe('the examples', () => {
  it('are those of routes that exist', () => {
    const names = allRoutes.map(({ name }) => name);
    expect(Object.keys(routeExamples).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(allRoutes.map((route) => [route.name, route] as const))('%s has true ones', (name, route) => {
    const example = routeExamples[name] ?? {};
    for (const part of ['params', 'query', 'body'] as const) {
      const schema = route[part];
      if (!schema || (part === 'query' && example.query === undefined)) continue;
      expect({ [part]: validate(schema, example[part]).issues }).toEqual({ [part]: [] });
    }
    const answers = Object.values(route.responses).flatMap((response) =>
      isRawResponse(response) ? [] : [response],
    );
    for (const schema of answers) expect(schema.parse(example.response)).toEqual(example.response);
    expect('response' in example).toBe(answers.length > 0);
    expect('body' in example).toBe(route.body !== undefined);
  });
});

describe('the documentation', () => {
  it('is served without anything from elsewhere', async () => {
    const page = await test.app.inject({ url: '/api/docs' });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(1);
    for (const address of addresses) {
      expect(address).toMatch(/^\/[^/]/);
      const { statusCode } = await test.app.inject({ url: address });
      expect({ address, statusCode }).toEqual({ address, statusCode: 200 });
    }
  });

  it.each(['fr', 'ar', 'en'])('says what each problem means, in %s', async (locale) => {
    const page = await test.app.inject({ url: `/api/docs/problems?lang=${locale}` });
    expect(page.body).toContain('<div id="email_in_use">');
    expect(page.body).not.toMatch(/\{\{|errors:/);
    const problem = await test.app.inject({ url: '/api/v1/account' });
    const [path, anchor] = problem.json<{ type: string }>().type.split('#');
    expect(path).toBe('/api/docs/problems');
    expect(page.body).toContain(`id="${String(anchor)}"`);
  });
});

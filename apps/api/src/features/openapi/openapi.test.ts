import { readFileSync } from 'node:fs';
import { Event, eventTypes, isRawResponse, type Route, validate } from '@rnoce/schemas';
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

  it('tells the parameters of which exactly one is given, each optional for itself', () => {
    const { get } = document.paths['/admin/history'] ?? {};
    const own = get?.parameters.filter(({ name }) => name !== undefined);
    const alternative = {
      required: false,
      description: 'Exactly one is given of `agentId`, `issuer`, `integratorId`.',
    };
    expect(own).toMatchObject([
      { name: 'page', required: false },
      { name: 'pageSize', required: false },
      { name: 'agentId', ...alternative },
      { name: 'issuer', ...alternative },
      { name: 'integratorId', ...alternative },
    ]);
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

const document = JSON.parse(text) as {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: { requestBody: { content: Record<string, { example: object }> } } }>;
};
interface Operation {
  operationId: string;
  description?: string;
  parameters: { name?: string; required?: boolean; description?: string }[];
  security: Record<string, string[]>[];
  'x-scope'?: string;
  responses: Record<string, { headers: Record<string, unknown>; description: string }>;
}
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

describe('to integrators, the document', () => {
  it('describes each tag that is used, once', () => {
    const described = document.tags.map(({ name }) => name);
    expect(new Set(described).size).toBe(described.length);
    expect(described.toSorted()).toEqual([...new Set(allRoutes.map(({ tag }) => tag))].toSorted());
  });

  it('names at each operation that takes a key who may call it, and the scope', () => {
    const roles = Object.fromEntries(
      operations.flatMap(({ operationId, security }) => {
        const scheme = security.find((one) => 'integratorKey' in one);
        return scheme ? [[operationId, scheme.integratorKey]] : [];
      }),
    );
    const open = allRoutes.filter(({ access }) => access.includes('integrator'));
    expect(roles).toEqual(
      Object.fromEntries(
        open.map(({ name, integrator }) => [name, integrator?.scope ? [integrator.scope] : []]),
      ),
    );
    for (const { name, integrator } of open) {
      const operation = operations.find(({ operationId }) => operationId === name);
      expect(operation?.['x-scope']).toBe(integrator?.scope);
      for (const kind of integrator?.kinds ?? []) expect(operation?.description).toContain(`an ${kind}`);
      for (const answer of Object.values(operation?.responses ?? {}))
        expect(answer.headers).toHaveProperty(['RateLimit']);
      expect(operation?.responses['401']?.description).toContain('key_expired');
    }
  });

  it('has every event as a webhook, with an example of what it carries', () => {
    expect(Object.keys(document.webhooks)).toEqual(eventTypes);
    for (const type of eventTypes) {
      const { example } = document.webhooks[type]?.post.requestBody.content['application/json'] ?? {};
      const whole = { id: '01995b4a-7d21-7c04-9e5b-1f2a3c4d5e17', ...example };
      expect(Event.parse(whole)).toEqual(whole);
    }
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
  it.each(['/api', '/api/', '/api/docs/'])('is where %s leads', async (url) => {
    const { statusCode, headers } = await test.app.inject({ url });
    expect({ statusCode, location: headers.location }).toEqual({ statusCode: 308, location: '/api/docs' });
  });

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
});

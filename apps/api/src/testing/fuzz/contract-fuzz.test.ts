import { beforeAll, expect, it } from 'vitest';
import { openApiText } from '../../features/openapi/openapi-document.ts';
import { type TestApp, testApp } from '../app.ts';
import { chanceOf } from '../chance.ts';
import { readDocument } from './document.ts';
import { createFuzzer } from './fuzz-operation.ts';

/** By operation and security scheme; the whole proof is 500, of which 100 are as documented and 400 spoilt. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 12);
/** Another one draws other requests. */
const seed = Number(process.env.FUZZ_SEED ?? 1);

const document = readDocument(openApiText());

let test: TestApp;
let fuzz: ReturnType<typeof createFuzzer>;
beforeAll(async () => {
  test = await testApp();
  fuzz = createFuzzer(test, document, chanceOf(seed));
});

it('the document is the one that is served', async () => {
  expect((await test.app.inject({ url: '/api/openapi.json' })).body).toBe(openApiText());
});

// What deletes comes last: the others find more to work on.
const operations = document.operations.toSorted(
  (a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'),
);

it.each(operations.map((operation) => [operation.name, operation] as const))(
  '%s answers as documented, whatever comes',
  { timeout: 30_000 + requests * 1000 },
  async (name, operation) => {
    const { faults, statuses } = await fuzz(operation, requests);
    expect(faults).toEqual([]);
    // Who is let in nowhere tries nothing.
    expect([...statuses.keys()].filter((status) => ![401, 403, 404].includes(status))).not.toEqual([]);
  },
);

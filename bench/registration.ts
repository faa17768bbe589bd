/**
 * `npm run bench`, or `npm run bench -- registration`: the API beside bare handlers of the same work, in interleaved rounds of one run, as ratios.
 * Prints a table, and writes it to bench/results.json. Bounded in time: about four minutes.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { documentNames } from '@rnoce/schemas';
import { buildSpas } from '../tools/build.ts';
import { compare, type Result, rounds, seconds } from './compare.ts';
import { type Answer, type Figures, keepAlive, send } from './load.ts';
import { completeSections, makePeople, type Person, password } from './people.ts';
import { startProduct } from './product.ts';
import { multipartBody, scannedPdf } from './scan.ts';
import { firstLoads } from './sizes.ts';

/** One request after the other for each prepared draft: a submission can't be repeated. */
async function submissions(
  people: readonly Person[],
  step: (person: Person) => Promise<Answer>,
): Promise<Figures> {
  const queue = [...people];
  const latencies: number[] = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let person = queue.pop(); person; person = queue.pop()) {
        const before = performance.now();
        const { status, body } = await step(person);
        if (status >= 300)
          throw new Error(`a submission was answered ${String(status)}: ${body.toString().slice(0, 500)}`);
        latencies.push(performance.now() - before);
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  const at = (part: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? 0;
  return {
    rate: latencies.length / ((performance.now() - start) / 1000),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    count: latencies.length,
  };
}

// First, so that a site which can't be built ends the run before minutes of measures.
await buildSpas(() => undefined);
const sizes = firstLoads();
const product = await startProduct();
const agent = keepAlive(16);
const json = { 'content-type': 'application/json' };
const results: Result[] = [];
let uploadMemory = 0;
try {
  const { api, bare, databaseUrl } = product;
  // An account may give 300 versions a day: enough accounts for what a run uploads.
  const people = await makePeople(databaseUrl, api.url, agent, 0, 30);
  const personAt = (index: number): Person => {
    const person = people[index % people.length];
    if (!person) throw new Error('nobody was made');
    return person;
  };
  const forms = people.map(({ email }, index) => JSON.stringify(completeSections(index, email).company));

  results.push(
    await compare(
      'save of a section',
      8,
      async (loop) => {
        const person = personAt(loop);
        const answer = await send(
          agent,
          `${api.url}/api/v1/subscriptions/${person.subscriptionId}/sections/company`,
          {
            method: 'PUT',
            headers: { ...json, cookie: person.cookie, 'if-match': `"${String(person.version)}"` },
            body: forms[loop] ?? '',
          },
        );
        if (answer.status === 200)
          person.version = (JSON.parse(answer.body.toString()) as { version: number }).version;
        return answer;
      },
      async (loop) => {
        const person = personAt(loop);
        const answer = await send(agent, `${bare.url}/sections/${person.subscriptionId}`, {
          method: 'PUT',
          headers: json,
          body: forms[loop] ?? '',
        });
        if (answer.status === 200)
          person.version = (JSON.parse(answer.body.toString()) as { version: number }).version;
        return answer;
      },
    ),
  );

  const senders = await makePeople(databaseUrl, api.url, agent, 1000, 240);
  const submittedByApi = await submissions(senders, (person) =>
    send(agent, `${api.url}/api/v1/subscriptions/${person.subscriptionId}/submission`, {
      method: 'POST',
      headers: {
        ...json,
        cookie: person.cookie,
        'if-match': `"${String(person.version)}"`,
        'idempotency-key': randomUUID(),
      },
      body: '{"acceptTerms":true}',
    }),
  );
  const submittedBare = await submissions(senders, ({ subscriptionId }) =>
    send(agent, `${bare.url}/submissions/${subscriptionId}`, { method: 'POST' }),
  );
  results.push({
    name: 'submission',
    api: submittedByApi,
    bare: submittedBare,
    ratio: submittedByApi.rate / submittedBare.rate,
  });

  const { body, contentType } = multipartBody(scannedPdf(2_900_000));
  const documents = documentNames.filter((document) =>
    ['identity', 'articles', 'ice', 'tax_id'].includes(document),
  );
  results.push(
    await compare(
      'upload of 2.9 MB with inspection',
      6,
      (loop, turn) => {
        const person = personAt(loop + 6 * turn);
        const document = documents[turn % documents.length] ?? 'identity';
        return send(agent, `${api.url}/api/v1/subscriptions/${person.subscriptionId}/documents/${document}`, {
          method: 'PUT',
          headers: { 'content-type': contentType, cookie: person.cookie },
          body,
        });
      },
      () =>
        send(agent, `${bare.url}/files`, { method: 'PUT', headers: { 'content-type': contentType }, body }),
    ),
  );
  uploadMemory = api.peakMemory();

  results.push(
    await compare(
      'sign-in',
      8,
      (loop) =>
        send(agent, `${api.url}/api/v1/sessions`, {
          method: 'POST',
          headers: json,
          body: JSON.stringify({ email: personAt(loop).email, password }),
        }),
      (loop) =>
        send(agent, `${bare.url}/sessions`, {
          method: 'POST',
          headers: json,
          body: JSON.stringify({ email: personAt(loop).email, password }),
        }),
    ),
  );
} finally {
  agent.destroy();
  await product.stop();
}

const round = (value: number): number => Math.round(value * 100) / 100;
console.table(
  Object.fromEntries(
    results.map(({ name, api, bare, ratio }) => [
      name,
      {
        'API /s': round(api.rate),
        'bare /s': round(bare.rate),
        ratio: round(ratio),
        'p50 ms': round(api.p50),
        'p95 ms': round(api.p95),
        'bare p95 ms': round(bare.p95),
        count: api.count,
      },
    ]),
  ),
);
console.log(`API's peak memory after the uploads: ${String(uploadMemory)} MiB`);
console.table(sizes);
writeFileSync(
  new URL('results.json', import.meta.url),
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), rounds, seconds, results, uploadMemoryMiB: uploadMemory, sizes }, null, 2)}\n`,
);

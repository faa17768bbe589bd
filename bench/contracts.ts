/**
 * `npm run bench -- contracts`: contracts made and signed contracts checked by the API as its own process, each of another form, in turn with the
 * plain typesetter and the plain check of the same bytes in this process, as ratios. Prints a table; bounded to about a minute.
 */
import pg from 'pg';
import { contractData } from '../apps/api/src/features/contracts/contract-data.ts';
import { makeContract } from '../apps/api/src/features/contracts/contract-document.ts';
import { createSignatureChecker } from '../apps/api/src/integrations/pdf-signature/signature-checker.ts';
import { readTrustedRoots } from '../apps/api/src/integrations/pdf-signature/trusted-roots.ts';
import { createTypesetter } from '../apps/api/src/integrations/typesetting/typesetter.ts';
import { signPdf } from '../apps/sandbox/src/signing/sign-pdf.ts';
import { type Answer, keepAlive, percentile, send } from './load.ts';
import { completeSections, makePeople, type Person } from './people.ts';
import { startProduct } from './product.ts';
import { multipartBody } from './scan.ts';

const turns = Number(process.env.BENCH_TURNS ?? 60);
const atOnce = 4;

/** What PortNet asks beside what customs asks, of this turn: the contract of each is another one. */
const portnetSections = (turn: string) => ({
  legalRepresentative: { manager: 'manager-1' },
  singleWindowUsers: [1, 2, 3, 4, 5].map((place) => ({
    key: `user-${String(place)}`,
    lastName: 'Bennani',
    firstName: 'سلمى',
    email: `utilisateur-${String(place)}@societe.example`,
    cin: `AE18035${String(place)}`,
    idAddress: 'Casablanca',
    idExpiresOn: '2049-11-21',
  })),
  contacts: [
    {
      key: 'contact-1',
      lastName: turn,
      firstName: 'Omar',
      email: 'omar@societe.example',
      department: 'logistics',
    },
  ],
});

const sectionsOf = (index: number, { email }: Person, turn: string) => {
  const { company, managers } = completeSections(index, email);
  return {
    company: { ...company, businessTax: '34567812' },
    managers: managers.map((manager) => ({ ...manager, key: 'manager-1' })),
    ...portnetSections(turn),
  };
};

const product = await startProduct();
const agent = keepAlive(2 * atOnce);
const database = new pg.Pool({ connectionString: product.databaseUrl, max: atOnce });
const typesetter = createTypesetter();
const checker = createSignatureChecker();
const environment = { PUBLIC_URL: 'http://127.0.0.1:3000', ASSISTANCE_PHONE: '05 20 47 31 00' };
const latencies: Record<string, number[]> = {};
let peakMemory = 0;

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = performance.now();
  const result = await work();
  latencies[name] ??= [];
  latencies[name].push(performance.now() - before);
  return result;
}

const expectSuccess = ({ status, body }: Answer): Buffer => {
  if (status >= 300) throw new Error(`answered ${String(status)}: ${body.toString().slice(0, 300)}`);
  return body;
};

/** Makes a form a joint one, with PortNet's filing beside customs'. */
async function openPortnet(person: Person): Promise<void> {
  await database.query(`update subscriptions set authorities = '{customs,portnet}' where id = $1`, [
    person.subscriptionId,
  ]);
  await database.query(
    `insert into filings (subscription_id, account_id, authority, operator_type, ice)
     select subscription_id, account_id, 'portnet', operator_type, ice from filings where subscription_id = $1`,
    [person.subscriptionId],
  );
}

/** One turn of one form: other data, the contract made, signed, given back; then, if asked, the same by the plain parts. */
async function turnOf(
  person: Person,
  index: number,
  turn: string,
  suffix: string,
  plain: boolean,
): Promise<void> {
  const { subscriptionId: id, cookie } = person;
  const sections = sectionsOf(index, person, turn);
  const { rows } = await database.query<{ code: string }>(
    'update subscriptions set sections = $2 where id = $1 returning code',
    [id, JSON.stringify(sections)],
  );
  const at = `${product.api.url}/api/v1/subscriptions/${id}/contract`;
  expectSuccess(
    await timed(`contract made${suffix}`, () => send(agent, at, { method: 'POST', headers: { cookie } })),
  );
  const issued = expectSuccess(await send(agent, at, { method: 'GET', headers: { cookie } }));
  const signed = signPdf(issued, product.signing.signer, new Date());
  const { body, contentType } = multipartBody(signed);
  const given = await timed(`signed contract given${suffix}`, () =>
    send(agent, `${at}/signed?way=electronic`, {
      method: 'PUT',
      headers: { cookie, 'content-type': contentType },
      body,
    }),
  );
  const { outcome } = (
    JSON.parse(expectSuccess(given).toString()) as { signed: { findings: { outcome: string } } }
  ).signed.findings;
  if (outcome !== 'valid') throw new Error(`a signed contract was found ${outcome}`);
  if (!plain) return;
  const data = contractData({ code: rows[0]?.code ?? '', operatorType: 'exporter', sections });
  const marks = { number: 'CT-2026-0000000001', version: 1, code: 'BENCH', issuedAt: new Date() };
  await timed('the plain typesetter', () =>
    makeContract({ typesetter, environment }, data, marks, (_list, code) => code),
  );
  await timed('the plain check', () =>
    checker.checkSignedContract({
      issued,
      uploaded: signed,
      trustedRoots: readTrustedRoots(product.signing.rootFile),
      now: new Date(),
    }),
  );
}

try {
  const people = await makePeople(product.databaseUrl, product.api.url, agent, 0, atOnce);
  for (const person of people) await openPortnet(person);
  const [first] = people;
  if (!first) throw new Error('nobody was made');
  // The threads' first documents, which nobody measures.
  await turnOf(first, 0, 'Échauffement', ' (warm-up)', true);
  for (const name of Object.keys(latencies)) delete latencies[name];
  for (let turn = 0; turn < turns; turn += 1)
    await turnOf(first, 0, `Un ${String(turn)}`, ', one at a time', true);
  await Promise.all(
    people.map(async (person, index) => {
      for (let turn = 0; turn < turns / 2; turn += 1)
        await turnOf(person, index, `Quatre ${String(turn)}`, ', four at once', false);
    }),
  );
  peakMemory = product.api.peakMemory();
} finally {
  agent.destroy();
  await typesetter.close();
  await checker.close();
  await database.end();
  await product.stop();
}

const figures = Object.fromEntries(
  Object.entries(latencies).map(([name, all]) => {
    const sorted = all.toSorted((one, other) => one - other);
    const ms = (part: number) => Math.round(percentile(sorted, part) * 10) / 10;
    return [name, { 'p50 ms': ms(0.5), 'p95 ms': ms(0.95), count: sorted.length }];
  }),
);
console.table(figures);
const p50 = (name: string) => figures[name]?.['p50 ms'] ?? Number.NaN;
const ratio = (name: string, plain: string) => Math.round((100 * p50(name)) / p50(plain)) / 100;
console.log(
  `to the plain parts, by their medians: made ${String(ratio('contract made, one at a time', 'the plain typesetter'))}, given ${String(ratio('signed contract given, one at a time', 'the plain check'))}; peak of the API: ${String(peakMemory)} MiB`,
);

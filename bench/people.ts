/** Operators with accounts, sessions and complete drafts, made for a measure. */
import type { Agent } from 'node:http';
import { hash } from '@node-rs/argon2';
import { controlKey, documentRules, documentsOf, type SectionsDraft } from '@rnoce/schemas';
import pg from 'pg';
import { send } from './load.ts';

export const password = 'olivier bleu du Souss 41';
export interface Person {
  readonly email: string;
  readonly cookie: string;
  readonly subscriptionId: string;
  /** The draft's version after the last write. */
  version: number;
}

const iceOf = (index: number): string => {
  const stem = `0097${String(index).padStart(5, '0')}0000`;
  return stem + controlKey(stem);
};

const identifiersOf = (index: number, email: string) => ({
  email,
  taxId: String(40_000_000 + index),
  ice: iceOf(index),
  rcNumber: String(500_000 + index),
  operatorType: 'exporter',
  rcCentre: '81',
});

/** A complete form: what `submission` takes. */
export const completeSections = (
  index: number,
  email: string,
): Pick<SectionsDraft, 'company' | 'managers'> => ({
  company: {
    ...identifiersOf(index, email),
    entityType: 'legal_person',
    legalName: `Société mesurée ${String(index)} SARL`,
    startDate: '2019-03-04',
    acronym: 'SM',
    tradeName: 'Mesure',
    mainActivity: '0141',
    actualActivity: 'Élevage de vaches laitières',
    address: '12, rue Oum Keltoum, Casablanca',
    city: '0077',
    repeatedAddress: false,
    origin: 'lease',
    phone: '+212522000000',
  },
  managers: [
    {
      lastName: 'Bennani',
      firstName: 'Salma',
      address: '3, avenue des FAR, Casablanca',
      birthDate: '1980-02-28',
      idType: 'cin',
      idNumber: `AE${String(100_000 + index)}`,
      idAddress: 'Casablanca',
      idExpiresOn: '2049-11-21',
    },
  ],
});

const cookieOf = (setCookies: readonly string[] = []): string =>
  setCookies.map((cookie) => cookie.split(';')[0]).join('; ');

/** Makes `count` operators, each with an account, a session and a draft that can be submitted. `from` keeps their identifiers apart. */
export async function makePeople(
  databaseUrl: string,
  apiUrl: string,
  agent: Agent,
  from: number,
  count: number,
): Promise<Person[]> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  const passwordHash = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const documents = documentsOf({
    operatorType: 'exporter',
    authorities: ['customs'],
    entityType: 'legal_person',
  }).filter((document) => documentRules[document].required);
  const people: Person[] = [];
  for (let index = from; index < from + count; index += 1) {
    const email = `mesure-${String(index)}@societe.example`;
    await pool.query(
      `insert into accounts (legal_name, address, email, phone, locale, password_hash, email_confirmed_at)
       values ($1, 'Casablanca', $2, '+212522000000', 'fr', $3, now())`,
      [`Société mesurée ${String(index)} SARL`, email, passwordHash],
    );
    const post = async (
      path: string,
      body: object,
      headers: Record<string, string> = {},
      method = 'POST',
    ) => {
      const answer = await send(agent, `${apiUrl}/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      if (answer.status >= 300)
        throw new Error(`${method} ${path}: ${String(answer.status)} ${answer.body.toString()}`);
      return answer;
    };
    const signedIn = await post('/sessions', { email, password });
    const cookie = cookieOf(signedIn.headers['set-cookie']);
    const created = await post(
      '/subscriptions',
      { authorities: ['customs'], identifiers: identifiersOf(index, email) },
      { cookie },
    );
    const { id: subscriptionId, version } = JSON.parse(created.body.toString()) as {
      id: string;
      version: number;
    };
    const person: Person = { email, cookie, subscriptionId, version };
    const sections = completeSections(index, email);
    for (const section of ['company', 'managers'] as const) {
      const saved = await post(
        `/subscriptions/${subscriptionId}/sections/${section}`,
        sections[section],
        { cookie, 'if-match': `"${String(person.version)}"` },
        'PUT',
      );
      person.version = (JSON.parse(saved.body.toString()) as { version: number }).version;
    }
    for (const document of documents) {
      await pool.query(
        `insert into document_versions (subscription_id, document, version, current, file_name, media_type, size_bytes, sha256, pages, storage_key, scan)
         values ($1, $2, 1, true, 'mesure.pdf', 'application/pdf', 1000, repeat('0', 64), 1, 'none', 'not_scanned')`,
        [subscriptionId, document],
      );
    }
    people.push(person);
  }
  await pool.end();
  return people;
}

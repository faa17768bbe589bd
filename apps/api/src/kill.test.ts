/** The API killed as by a power cut, twenty times, under submissions, uploads and saves. */
import { createHash, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { DocumentName, Subscription } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from './testing/app.ts';
import { freePort, type ServerProcess, startServerProcess } from './testing/process.ts';
import {
  completeCompany,
  fillDraft,
  type OperatorBrowser,
  openDraft,
  operatorBrowser,
} from './testing/subscriptions.ts';

const kills = 20;
/** Enough that a kill may fall between two submissions. */
const submissionsOfEach = 2;

interface Person {
  readonly browser: OperatorBrowser;
  readonly draft: Subscription;
  version: number;
}
/** What was answered 2xx: it must be there for ever. */
interface Acknowledged {
  readonly uploads: { id: string; sha256: string }[];
  readonly saves: Map<string, { version: number; tradeName: string }>;
  readonly submissions: string[];
}

let test: TestApp;
let running: ServerProcess | undefined;
beforeAll(async () => {
  test = await testApp();
});
afterAll(() => running?.kill());

const settings = ({ deps }: TestApp): Record<string, string> =>
  Object.fromEntries(Object.entries(deps.environment).map(([name, value]) => [name, String(value)]));

/** A small right PDF, its bytes its own. */
function onePagePdf(): Buffer {
  const mark = randomUUID();
  const parts = [
    '%PDF-1.4\n',
    '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n',
    '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n',
    `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Mark (${mark}) >>\nendobj\n`,
  ];
  const offsets = [1, 2, 3].map((count) => parts.slice(0, count).join('').length);
  const start = parts.join('').length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${parts.join('')}xref\n0 4\n0000000000 65535 f \n${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`,
  );
}

async function upload(
  url: string,
  { browser, draft }: Person,
  document: DocumentName,
  told: Acknowledged,
): Promise<boolean> {
  const file = onePagePdf();
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(file)], { type: 'application/pdf' }), 'document.pdf');
  const answer = await fetch(`${url}/api/v1/subscriptions/${draft.id}/documents/${document}`, {
    method: 'PUT',
    headers: browser.cookie,
    body: form,
  });
  const body = (await answer.json()) as { id: string };
  // Too many at once for this machine: the operator tries again.
  if (answer.status === 503) return true;
  if (!answer.ok) throw new Error(JSON.stringify(body));
  told.uploads.push({ id: body.id, sha256: createHash('sha256').update(file).digest('hex') });
  return true;
}

async function save(url: string, person: Person, told: Acknowledged): Promise<boolean> {
  const path = `${url}/api/v1/subscriptions/${person.draft.id}`;
  const tradeName = randomUUID();
  const answer = await fetch(`${path}/sections/company`, {
    method: 'PUT',
    headers: {
      ...person.browser.cookie,
      'content-type': 'application/json',
      'if-match': `"${String(person.version)}"`,
    },
    body: JSON.stringify(completeCompany(person.draft, { tradeName })),
  });
  if (answer.status === 412) {
    // The save before was written, and its answer lost: the operator reads what stands, and goes on.
    const standing = (await (await fetch(path, { headers: person.browser.cookie })).json()) as Subscription;
    person.version = standing.version;
    return true;
  }
  const { version } = (await answer.json()) as { version: number };
  if (!answer.ok) throw new Error(`the save was answered ${String(answer.status)}`);
  person.version = version;
  told.saves.set(person.draft.id, { version, tradeName });
  return true;
}

async function submit(
  url: string,
  { browser, draft, version }: Person,
  told: Acknowledged,
): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/subscriptions/${draft.id}/submission`, {
    method: 'POST',
    headers: {
      ...browser.cookie,
      'content-type': 'application/json',
      'if-match': `"${String(version)}"`,
      'idempotency-key': randomUUID(),
    },
    body: '{"acceptTerms":true}',
  });
  await answer.json();
  // 409: sent already, the answer lost with the process.
  if (answer.ok) told.submissions.push(draft.id);
  else if (answer.status !== 409) throw new Error(`the submission was answered ${String(answer.status)}`);
  return true;
}

const documents: readonly DocumentName[] = ['identity', 'ice', 'tax_id'];

/** Works until the process is killed, which happens in the middle of it, once so many uploads were answered. */
async function workUntilKilled(
  url: string,
  people: { editors: readonly Person[]; senders: Person[] },
  told: Acknowledged,
  uploads: number,
  kill: () => Promise<void>,
) {
  const enough = told.uploads.length + uploads;
  let killed: Promise<void> | undefined;
  const work = async (step: (turn: number) => Promise<boolean>) => {
    for (let turn = 0; !killed; turn += 1) {
      try {
        if (!(await step(turn))) return;
      } catch (error) {
        // The connection broke with the process; anything before the kill is a fault.
        if (!killed) throw error;
        return;
      }
      if (told.uploads.length >= enough) killed ??= kill();
    }
  };
  await Promise.all([
    ...people.editors.map((person) => work(() => save(url, person, told))),
    ...people.editors.map((person) =>
      work((turn) => upload(url, person, documents[turn % documents.length] ?? 'identity', told)),
    ),
    work(async () => {
      const sender = people.senders.pop();
      return sender !== undefined && (await submit(url, sender, told));
    }),
  ]);
  await killed;
}

describe('kill -9 of the API', () => {
  it('loses nothing that was answered, and leaves nothing half done', async () => {
    const person = async (fill: boolean): Promise<Person> => {
      const browser = await operatorBrowser(test);
      const draft = await openDraft(browser);
      return { browser, draft, version: fill ? await fillDraft(test, browser, draft) : draft.version };
    };
    const editors = await Promise.all([person(false), person(false), person(false)]);
    const senders: Person[] = [];
    for (let made = 0; made < kills * submissionsOfEach; made += 1) senders.push(await person(true));
    const sent = senders.map(({ draft }) => draft.id);
    const told: Acknowledged = { uploads: [], saves: new Map(), submissions: [] };
    const port = await freePort();

    for (let round = 0; round < kills; round += 1) {
      running = await startServerProcess(settings(test), port);
      const people = { editors, senders: senders.splice(0, submissionsOfEach) };
      await workUntilKilled(running.url, people, told, 1 + (round % 4), running.kill);
    }

    const { database, storage } = test.deps;
    expect(told.uploads.length).toBeGreaterThan(kills);
    expect(told.submissions.length).toBeGreaterThan(5);
    for (const { id, sha256 } of told.uploads) {
      const { rows } = await database.execute<{ sha256: string; storage_key: string }>(
        sql`select sha256, storage_key from document_versions where id = ${id}`,
      );
      expect(rows).toMatchObject([{ sha256 }]);
    }
    // Every row has its file, answered or not.
    const { rows: versions } = await database.execute<{ sha256: string; storage_key: string }>(
      sql`select sha256, storage_key from document_versions where storage_key in (select storage_key from document_versions where file_name = 'document.pdf')`,
    );
    expect(versions.length).toBeGreaterThanOrEqual(told.uploads.length);
    for (const version of versions) {
      const bytes = await text((await storage.get(version.storage_key)).setEncoding('latin1'));
      expect(createHash('sha256').update(Buffer.from(bytes, 'latin1')).digest('hex')).toBe(version.sha256);
    }
    // One current version a document at the most, and their numbers follow.
    const { rows: numbers } = await database.execute(sql`
        select subscription_id, document from document_versions group by 1, 2
        having count(*) filter (where current) > 1 or max(version) <> count(*)`);
    expect(numbers).toEqual([]);

    for (const [id, { version, tradeName }] of told.saves) {
      const { rows } = await database.execute<{ version: number; name: string }>(
        sql`select version, sections->'company'->>'tradeName' as name from subscriptions where id = ${id}`,
      );
      expect(rows[0]?.version).toBeGreaterThanOrEqual(version);
      // A later save may stand in its place; the same version is the same save.
      expect(rows[0]?.version === version ? rows[0].name : tradeName).toBe(tradeName);
    }

    const { rows: filings } = await database.execute<{
      subscription_id: string;
      status: string;
      submissions: number;
      told: number;
      mails: number;
      jobs: number;
    }>(sql`
        select f.subscription_id, f.status, f.submissions,
          (select count(*)::int from filing_history h where h.filing_id = f.id and h.event = 'submitted') as told,
          (select count(*)::int from emails e where e.account_id = f.account_id and e.template = 'subscription_received') as mails,
          (select count(*)::int from jobs.job j join emails e on e.id::text = j.data->>'emailId' where j.name = 'send-email' and e.account_id = f.account_id) as jobs
        from filings f where f.subscription_id in ${sent}`);
    expect(filings).toHaveLength(sent.length);
    for (const filing of filings) {
      const done = filing.status === 'in_review' ? 1 : 0;
      expect(filing).toMatchObject({ submissions: done, told: done, mails: done, jobs: done });
    }
    const submitted = new Set(
      filings.filter(({ status }) => status === 'in_review').map((filing) => filing.subscription_id),
    );
    for (const id of told.submissions) expect(submitted).toContain(id);
  }, 600_000);
});

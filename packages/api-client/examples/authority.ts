// An authority's own system: takes each filing that waits, reads it with its documents, and decides.
//   RNOCE_URL=https://…/api/v1 RNOCE_KEY=rnoce_… node authority.ts folder-for-documents
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ApiError,
  type Client,
  createClient,
  decideFiling,
  getFiling,
  getFilingDocument,
  listFilings,
} from '@rnoce/api-client';
import type { DecisionBody, Dossier } from '@rnoce/schemas/filings';
import type { FilingId } from '@rnoce/schemas/primitives';

/** The files of a dossier, by the name of the document. */
type Files = ReadonlyMap<string, Uint8Array>;
/** The authority's own rules; null: a person decides this one, in the back office. */
type Judge = (dossier: Dossier, files: Files) => Promise<DecisionBody | null>;

/** Every filing that waits for a decision, the oldest first; all are asked for before one is decided, which would move the pages. */
async function waitingFilings(client: Client): Promise<FilingId[]> {
  const waiting: FilingId[] = [];
  for (let page = 1; ; page += 1) {
    const query = { status: 'in_review', sort: 'oldest', page } as const;
    const { items, total } = (await listFilings(client, { query })).data;
    waiting.push(...items.map(({ id }) => id));
    if (items.length === 0 || waiting.length >= total) return [...new Set(waiting)];
  }
}

async function readFiles(client: Client, { id, documents }: Dossier): Promise<Files> {
  const files = new Map<string, Uint8Array>();
  for (const { document } of documents) {
    const { data } = await getFilingDocument(client, { params: { id, document } });
    files.set(document, data);
  }
  return files;
}

/** How often a dossier that changes while it is judged is read again. */
const mostReadings = 3;
/** Why a dossier needs no decision of ours any more: someone else decided it, or its operator took it back. */
const overtaken: readonly string[] = ['filing_not_decidable', 'not_found'];

/**
 * Judges a filing and decides it. The decision is on the version that was read: when the dossier changed meanwhile the API answers 412 and
 * decides nothing, and what it holds now is read and judged. The key is of the filing and its version, so that a program that died before it
 * read the answer decides nothing twice.
 *
 * @returns what was decided; null: nothing, by this program
 */
async function decide(client: Client, id: FilingId, judge: Judge): Promise<DecisionBody['outcome'] | null> {
  for (let reading = 1; ; reading += 1) {
    const { data: dossier, version } = await getFiling(client, { params: { id } });
    const body = await judge(dossier, await readFiles(client, dossier));
    if (body === null || version === undefined) return null;
    try {
      const idempotencyKey = `decision-${id}-${String(version)}`;
      await decideFiling(client, { params: { id }, body, version, idempotencyKey });
      return body.outcome;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (overtaken.includes(error.code)) return null;
      if (error.code !== 'stale' || reading >= mostReadings) throw error;
    }
  }
}

/** An example of rules: what differs from the customs register goes back, what lacks nothing is validated. */
const judgeByRegistry: Judge = ({ registry, documents }, files) => {
  if (registry.status === 'unavailable') return Promise.resolve(null);
  const unread = documents.filter(({ document }) => !files.get(document)?.length);
  const reasons: DecisionBody['reasons'] = [
    ...registry.mismatch.map((field) => ({ cause: 'mismatch' as const, text: `BADR: ${field}` })),
    ...unread.map(({ document }) => ({ about: { document }, cause: 'illegible' as const, text: '' })),
  ];
  return Promise.resolve({ outcome: reasons.length > 0 ? 'incomplete' : 'validated', reasons });
};

async function main([folder]: readonly string[]): Promise<void> {
  const { RNOCE_URL: baseUrl = 'http://127.0.0.1:3000/api/v1', RNOCE_KEY: key } = process.env;
  if (!key || !folder) throw new Error('RNOCE_KEY and a folder are needed.');
  const client = createClient({ baseUrl, key });
  for (const id of await waitingFilings(client)) {
    const outcome = await decide(client, id, async (dossier, files) => {
      const place = join(folder, dossier.code);
      await mkdir(place, { recursive: true });
      for (const [document, bytes] of files) await writeFile(join(place, document), bytes);
      return judgeByRegistry(dossier, files);
    });
    console.log(id, outcome ?? 'left to a person');
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof ApiError ? { code: error.code, requestId: error.requestId } : error);
  process.exitCode = 1;
});

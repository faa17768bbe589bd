// An issuer's accountant system: publishes its invoices, books what was paid, and is told when something is.
//   RNOCE_URL=https://…/api/v1 RNOCE_KEY=rnoce_… node issuer.ts publish invoices.json
//   RNOCE_URL=… RNOCE_KEY=… node issuer.ts reconcile ledger.json
//   RNOCE_URL=… RNOCE_KEY=… RNOCE_WEBHOOK_SECRET=whsec_… PORT=8080 node issuer.ts listen ledger.json
import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import {
  ApiError,
  type Client,
  createClient,
  importInvoices,
  listPayments,
  verifyWebhook,
  WebhookError,
  walk,
} from '@rnoce/api-client';
import type { Event } from '@rnoce/schemas/events';
import type { ImportReport, InvoiceLineInput } from '@rnoce/schemas/invoices';
import type { PaymentEntry } from '@rnoce/schemas/payments';

/**
 * Publishes invoices, all or none. The key is made of what is sent: a program that died before it read the answer, and starts again within a day,
 * is given that answer.
 */
async function publish(client: Client, invoices: readonly InvoiceLineInput[]): Promise<ImportReport> {
  const idempotencyKey = createHash('sha256').update(JSON.stringify(invoices)).digest('hex');
  return (await importInvoices(client, { invoices, idempotencyKey })).data;
}

/** What the accountant system keeps of the payments. */
interface Ledger {
  /** Where the last walk ended; undefined before the first. */
  readonly cursor: () => Promise<string | undefined>;
  /** Books entries and keeps the cursor, both or neither: in a database, in one transaction. */
  readonly book: (entries: readonly PaymentEntry[], cursor: string | null) => Promise<void>;
}

/** Books every payment since the last time, each once and in order. @returns how many */
async function reconcile(client: Client, ledger: Ledger): Promise<number> {
  const cursor = await ledger.cursor();
  let booked = 0;
  for await (const { items, nextCursor } of walk(client, listPayments, { query: { cursor, limit: 500 } })) {
    await ledger.book(items, nextCursor);
    booked += items.length;
  }
  return booked;
}

/** A ledger in a file: for a trial. */
function fileLedger(path: string): Ledger {
  interface Kept {
    readonly cursor?: string | undefined;
    readonly entries: readonly PaymentEntry[];
  }
  const read = async (): Promise<Kept> => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{"entries":[]}';
      throw error;
    });
    return JSON.parse(text) as Kept;
  };
  return {
    cursor: async () => (await read()).cursor,
    book: async (entries, cursor) => {
      const kept = await read();
      const next: Kept = { cursor: cursor ?? undefined, entries: [...kept.entries, ...entries] };
      await writeFile(`${path}.new`, JSON.stringify(next, null, 2));
      await rename(`${path}.new`, path);
    },
  };
}

const largestBody = 1024 * 1024;
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) throw new WebhookError('body_unreadable');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Takes webhooks. An event may come twice and out of order, so it only says that there is something new to read: `onEvent` reads it. An answer
 * that isn't 2xx makes the portal try again later, for three days.
 */
function webhookServer(secrets: readonly string[], onEvent: (event: Event) => Promise<void>): Server {
  return createServer((request, response) => {
    const take = async (): Promise<number> => {
      const event = await verifyWebhook({ body: await readBody(request), headers: request.headers, secrets });
      await onEvent(event);
      return 204;
    };
    take()
      .catch((error: unknown) => {
        console.error(error);
        return error instanceof WebhookError ? 400 : 500;
      })
      .then((status) => response.writeHead(status).end())
      .catch(console.error);
  });
}

/** One walk at a time: what comes meanwhile is read by the next one. */
function oneAtATime(work: () => Promise<unknown>): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return async () => {
    const mine = last.then(work, work);
    last = mine;
    await mine;
  };
}

const readAnywayMs = 60_000;

async function main([command, file]: readonly string[]): Promise<void> {
  const {
    RNOCE_URL: baseUrl = 'http://127.0.0.1:3000/api/v1',
    RNOCE_KEY: key,
    RNOCE_WEBHOOK_SECRET: secret,
    PORT: port = '8080',
  } = process.env;
  if (!key || !file) throw new Error('RNOCE_KEY and a file are needed.');
  const client = createClient({ baseUrl, key });
  const bookNew = oneAtATime(async () => {
    console.log(`${String(await reconcile(client, fileLedger(file)))} payments booked`);
  });
  if (command === 'publish') {
    console.log(await publish(client, JSON.parse(await readFile(file, 'utf8')) as InvoiceLineInput[]));
    return;
  }
  // To listen, too: what happened while nobody did.
  await bookNew();
  if (command !== 'listen') return;
  if (!secret) throw new Error('RNOCE_WEBHOOK_SECRET is needed.');
  webhookServer(secret.split(' '), async ({ type }) => {
    if (type === 'invoice.paid' || type === 'invoice.released') await bookNew();
  }).listen(Number(port), () => {
    console.log('listening');
  });
  // An event may come a moment before its entry in the feed, and a webhook may be lost.
  for (;;) {
    await setTimeout(readAnywayMs);
    await bookNew().catch(console.error);
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof ApiError ? { code: error.code, requestId: error.requestId } : error);
  // Of a refused import: every wrong line, and why.
  if (error instanceof ApiError) console.table(error.issues);
  process.exitCode = 1;
});

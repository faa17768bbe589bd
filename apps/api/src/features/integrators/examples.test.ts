import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Authority, FilingId } from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { filingHistory, filings } from '../../db/schema/filings.ts';
import { invoices } from '../../db/schema/invoices.ts';
import type { subscriptions } from '../../db/schema/subscriptions.ts';
import { makePdf } from '../../integrations/inspection/pdf-samples.ts';
import { createWebhookCaller } from '../../integrations/webhook/webhook-caller.ts';
import { signedInAgent, signedInOperator } from '../../testing/factories.ts';
import { draftFiling, move } from '../../testing/filings.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { makeIssuer, makeSubscriptionCode } from '../../testing/invoices.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { freePort } from '../../testing/process.ts';
import { upload } from '../../testing/uploads.ts';
import { createDispatcher } from '../webhooks/dispatcher.ts';

const examples = join(import.meta.dirname, '../../../../../packages/api-client/examples');

let test: PaymentApp;
let folder: string;
const closing: (() => void)[] = [];
beforeAll(async () => {
  test = await paymentApp();
  folder = mkdtempSync(join(tmpdir(), 'rnoce-examples-'));
});
afterAll(() => {
  for (const close of closing) close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly said: string;
}
type Settings = Readonly<Record<string, string>>;
const environmentOf = (settings: Settings) => ({ RNOCE_URL: `${test.url}/api/v1`, ...settings });

/** Runs a program as it stands, in a process of its own. */
const run = (program: string, settings: Settings, ...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { env: environmentOf(settings), timeout: 60_000 };
    const child = execFile(process.execPath, [join(examples, program), ...args], options, (_, out, error) => {
      resolve({ code: child.exitCode, said: `${out}${error}` });
    });
  });

// A process of its own takes a while to start on a busy machine.
describe('the issuer’s program', { timeout: 90_000 }, () => {
  const line = (number: string, clientCode: string) => ({
    number,
    clientCode,
    clientName: 'Société de test SARL',
    issuedOn: '2026-11-01',
    dueOn: '2026-12-31',
    amount: '840.00',
  });
  const fileOf = (name: string, content: unknown) => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  /** A payer pays, and the sandbox's gateway says so. */
  const pay = async (number: string) => {
    const [invoice] = await test.deps.database.select().from(invoices).where(eq(invoices.number, number));
    const order = await test.order([invoice?.id ?? ''], { method: 'amanpay', channel: 'direct_debit' });
    await test.visit(order);
    await test.desk('amanpay', await test.referenceOf(order.id), 'pay');
  };
  const call = async (method: 'GET' | 'POST', path: string, key: string, payload?: object) => {
    const answer = await test.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': randomUUID() },
      ...(payload ? { payload } : {}),
    });
    expect(answer.statusCode).toBeLessThan(300);
    return answer.json();
  };

  /** The program that listens, once it does. */
  async function listening(settings: Settings, ledger: string): Promise<ChildProcess> {
    const args = [join(examples, 'issuer.ts'), 'listen', ledger];
    const child = spawn(process.execPath, args, {
      env: environmentOf(settings),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    closing.push(() => child.kill());
    let said = '';
    child.stdout.on('data', (part: Buffer) => (said += part.toString()));
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    await vi.waitFor(() => expect(said).toContain('listening'), { timeout: 20_000, interval: 50 });
    return child;
  }

  it('publishes, books what is paid once each, and is told of the next payment', async () => {
    const issuer = await makeIssuer(test);
    const { code } = await makeSubscriptionCode(test);
    const { key } = await integratorOf(test, { kind: 'issuer', issuerId: issuer.id });
    const lines = fileOf('invoices.json', [line('EX-1', code), line('EX-2', code)]);
    const published = { code: 0, said: '{ lines: 2, created: 2, changed: 0, unchanged: 0 }\n' };
    expect(await run('issuer.ts', { RNOCE_KEY: key }, 'publish', lines)).toEqual(published);
    // It died before it read the answer.
    expect(await run('issuer.ts', { RNOCE_KEY: key }, 'publish', lines)).toEqual(published);

    const ledger = join(folder, 'ledger.json');
    const reconcile = async () => {
      const { code: ended, said } = await run('issuer.ts', { RNOCE_KEY: key }, 'reconcile', ledger);
      expect([ended, said]).toEqual([0, expect.stringMatching(/^\d+ payments booked\n$/)]);
      return Number.parseInt(said, 10);
    };
    const booked = () => {
      const { entries } = JSON.parse(readFileSync(ledger, 'utf8')) as {
        entries: { invoiceNumber: string }[];
      };
      return entries.map(({ invoiceNumber }) => invoiceNumber);
    };
    /** A transaction of another database may hold the feed back for a moment. */
    const reconcileUntil = (expected: string[]) =>
      vi.waitFor(
        async () => {
          await reconcile();
          expect(booked()).toEqual(expected);
        },
        { timeout: 25_000, interval: 100 },
      );
    await pay('EX-1');
    await reconcileUntil(['EX-1']);
    expect(await reconcile()).toBe(0);

    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}/`;
    const body = { url, events: ['invoice.paid'] };
    const { id } = (await call('POST', '/webhook-endpoints', key, body)) as { id: string };
    const { secret } = (await call('GET', `/webhook-endpoints/${id}/secret`, key)) as { secret: string };
    // It knows the secret of before alone, and takes what both sign.
    await call('POST', `/webhook-endpoints/${id}/secret-rotation`, key);
    const child = await listening({ RNOCE_KEY: key, RNOCE_WEBHOOK_SECRET: secret, PORT: port }, ledger);
    await pay('EX-2');
    await createDispatcher(
      test.deps,
      createWebhookCaller({ timeoutMs: 10_000, localAddresses: true }),
    ).drain();
    expect(await call('GET', `/webhook-endpoints/${id}/deliveries`, key)).toMatchObject({
      items: [{ type: 'invoice.paid', status: 'delivered', tries: 1, lastAttempt: { status: 204 } }],
    });
    const forged = await fetch(url, { method: 'POST', body: '{"type":"invoice.paid","data":{}}' });
    expect(forged.status).toBe(400);
    child.kill();
    await once(child, 'exit');
    await reconcileUntil(['EX-1', 'EX-2']);
  });

  it('tells every wrong line of a refused import, and publishes nothing', async () => {
    const { key, issuerId } = await integratorOf(test, { kind: 'issuer' });
    const wrong = [line('EX-3', '1206'), { ...line('EX-4', '12'), amount: '1,5' }];
    const { code, said } = await run('issuer.ts', { RNOCE_KEY: key }, 'publish', fileOf('wrong.json', wrong));
    expect(code).toBe(1);
    for (const part of ['import_refused', '/invoices/1/clientCode', '/invoices/1/amount', 'amount_invalid'])
      expect(said).toContain(part);
    const kept = await test.deps.database
      .select()
      .from(invoices)
      .where(eq(invoices.issuerId, issuerId ?? ''));
    expect(kept).toEqual([]);
  });
});

describe('the authority’s program', { timeout: 90_000 }, () => {
  /** A filing with one document, as an operator sends it. */
  async function sentWithFile(
    registry: Partial<typeof subscriptions.$inferInsert> = {},
    authority: Authority = 'customs',
  ) {
    const { account, headers } = await signedInOperator(test);
    const draft = await draftFiling(test, { account, authority, documents: [], subscription: registry });
    const { id, code } = draft.subscription;
    const given = await upload(test.app, { cookie: headers }, { id, document: 'ice' }, makePdf());
    expect(given.statusCode).toBe(200);
    await move(test, draft.id, {
      transition: 'submitted',
      actor: { kind: 'operator', accountId: draft.accountId },
      sections: draft.sections,
    });
    return { id: draft.id, code };
  }
  const statusOf = async ({ id }: { id: FilingId }) => {
    const [filing] = await test.deps.database.select().from(filings).where(eq(filings.id, id));
    return filing?.status;
  };

  /** Between the program and the API: what happens on the way of each decision, before it arrives and before its answer does. */
  async function between(hooks: {
    readonly arrives: (path: string, tries: number) => Promise<void>;
    readonly isLost: (path: string, tries: number) => boolean;
  }): Promise<string> {
    const tries = new Map<string, number>();
    const pass = async (request: IncomingMessage, response: ServerResponse) => {
      const { method = 'GET', url = '' } = request;
      const { host: _, connection: __, ...headers } = request.headers as Record<string, string>;
      const count = (tries.get(url) ?? 0) + 1;
      if (method === 'POST') {
        tries.set(url, count);
        await hooks.arrives(url, count);
      }
      const body = await new Response(request).text();
      const answer = await fetch(`${test.url}${url}`, { method, headers, ...(body ? { body } : {}) });
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (method === 'POST' && hooks.isLost(url, count)) {
        response.destroy();
        return;
      }
      const kept = ['content-type', 'etag'].flatMap((name) => {
        const value = answer.headers.get(name);
        return value === null ? [] : [[name, value] as const];
      });
      response.writeHead(answer.status, Object.fromEntries(kept)).end(bytes);
    };
    const server = createServer((request, response) => void pass(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api/v1`;
  }

  it('decides what waits by its rules, whatever happens on the way, and sees its own authority’s alone', async () => {
    const good = await sentWithFile();
    const differing = await sentWithFile({ registryMismatch: ['taxId'] });
    const unknown = await sentWithFile({ registryStatus: 'unavailable' });
    const taken = await sentWithFile();
    const lost = await sentWithFile();
    const foreign = await sentWithFile({}, 'portnet');
    const agent = await signedInAgent(test);
    const posts: string[] = [];
    const RNOCE_URL = await between({
      // An agent takes the dossier that the program has just judged: its version is another.
      arrives: async (path, tries) => {
        posts.push(path);
        if (!path.includes(taken.id) || tries > 1) return;
        const url = `/api/v1/filings/${taken.id}/holder`;
        const hold = await test.app.inject({ method: 'PUT', url, headers: agent.headers });
        expect(hold.statusCode).toBe(204);
      },
      isLost: (path, tries) => path.includes(lost.id) && tries === 1,
    });
    const { key, integratorId } = await integratorOf(test, { kind: 'authority' });
    const ended = await run('authority.ts', { RNOCE_URL, RNOCE_KEY: key }, join(folder, 'documents'));
    expect(ended).toEqual({
      code: 0,
      said: [
        `${good.id} validated\n`,
        `${differing.id} incomplete\n`,
        `${unknown.id} left to a person\n`,
        `${taken.id} validated\n`,
        `${lost.id} validated\n`,
      ].join(''),
    });
    const triesOf = ({ id }: { id: FilingId }) => posts.filter((path) => path.includes(id)).length;
    expect([good, unknown, taken, lost, foreign].map(triesOf)).toEqual([1, 0, 2, 2, 0]);
    expect(await Promise.all([unknown, lost, foreign].map(statusOf))).toEqual([
      'in_review',
      'validated',
      'in_review',
    ]);
    expect(readFileSync(join(folder, 'documents', good.code, 'ice'))).toEqual(Buffer.from(makePdf()));
    // Of the two that were sent twice, each was decided once, by this program.
    for (const { id } of [taken, lost]) {
      const decisions = await test.deps.database
        .select()
        .from(filingHistory)
        .where(and(eq(filingHistory.filingId, id), eq(filingHistory.event, 'validated')));
      expect(decisions.map((entry) => entry.integratorId)).toEqual([integratorId]);
    }
    const again = await run('authority.ts', { RNOCE_URL, RNOCE_KEY: key }, join(folder, 'documents'));
    expect(again).toEqual({ code: 0, said: `${unknown.id} left to a person\n` });
  });

  it('tells why it may not, by a code', async () => {
    const { key } = await integratorOf(test, { kind: 'authority', scopes: ['filings:decide'] });
    const { code, said } = await run('authority.ts', { RNOCE_KEY: key }, folder);
    expect([code, said]).toEqual([1, expect.stringContaining("code: 'scope_missing'")]);
  });
});

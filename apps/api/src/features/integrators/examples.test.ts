import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event, FilingId } from '@rnoce/schemas';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  decide,
  judgeByRegistry,
  readFiles,
  waitingFilings,
} from '../../../../../packages/api-client/examples/authority.ts';
import {
  fileLedger,
  oneAtATime,
  publish,
  reconcile,
  webhookServer,
} from '../../../../../packages/api-client/examples/issuer.ts';
import { createClient } from '../../../../../packages/api-client/src/client.ts';
import { getFiling } from '../../../../../packages/api-client/src/filings.ts';
import {
  createWebhookEndpoint,
  getWebhookSecret,
  listWebhookDeliveries,
  rotateWebhookSecret,
} from '../../../../../packages/api-client/src/webhooks.ts';
import { filings } from '../../db/schema/filings.ts';
import { invoices } from '../../db/schema/invoices.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { makePdf } from '../../integrations/inspection/pdf-samples.ts';
import { createWebhookCaller } from '../../integrations/webhook/webhook-caller.ts';
import { signedInAgent, signedInOperator } from '../../testing/factories.ts';
import { draftFiling, move } from '../../testing/filings.ts';
import { integratorOf } from '../../testing/integrators.ts';
import { makeIssuer, makeSubscriptionCode } from '../../testing/invoices.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { upload } from '../../testing/uploads.ts';
import { createDispatcher } from '../webhooks/dispatcher.ts';

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
const clientOf = (key: string) => createClient({ baseUrl: `${test.url}/api/v1`, key });

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

describe('the issuer’s program', () => {
  const line = (number: string, clientCode: string) => ({
    number,
    clientCode,
    clientName: 'Société de test SARL',
    issuedOn: '2026-11-01',
    dueOn: '2026-12-31',
    amount: '840.00',
  });
  const pay = async (number: string) => {
    const [invoice] = await test.deps.database.select().from(invoices).where(eq(invoices.number, number));
    const order = await test.order([invoice?.id ?? ''], { method: 'amanpay', channel: 'direct_debit' });
    await test.visit(order);
    await test.desk('amanpay', await test.referenceOf(order.id), 'pay');
  };

  it('publishes, books what is paid once each, and is told of the next payment', async () => {
    const issuer = await makeIssuer(test);
    const { code } = await makeSubscriptionCode(test);
    const { key } = await integratorOf(test, { kind: 'issuer', issuerId: issuer.id });
    const client = clientOf(key);
    const lines = [line('EX-1', code), line('EX-2', code), line('EX-3', code)];
    const report = { lines: 3, created: 3, changed: 0, unchanged: 0 };
    expect(await publish(client, lines)).toEqual(report);
    // The program died before it read the answer.
    expect(await publish(client, lines)).toEqual(report);

    const file = join(folder, 'ledger.json');
    const booked = () =>
      (JSON.parse(readFileSync(file, 'utf8')) as { entries: { invoiceNumber: string }[] }).entries.map(
        ({ invoiceNumber }) => invoiceNumber,
      );
    expect(await reconcile(client, fileLedger(file))).toBe(0);
    await pay('EX-1');
    // Transactions of other databases hold the feed back for a moment.
    const bookNew = oneAtATime(() => reconcile(client, fileLedger(file)));
    const bookUntil = (expected: string[]) =>
      vi.waitFor(
        async () => {
          await bookNew();
          expect(booked()).toEqual(expected);
        },
        { timeout: 20_000, interval: 50 },
      );
    await bookUntil(['EX-1']);
    expect(await reconcile(client, fileLedger(file))).toBe(0);

    const told: Event[] = [];
    const secrets: string[] = [];
    const onEvent = async (event: Event) => {
      told.push(event);
      await bookNew();
    };
    const url = await listen(webhookServer(secrets, onEvent));
    const { data: endpoint } = await createWebhookEndpoint(client, {
      body: { url, events: ['invoice.paid'] },
    });
    const params = { id: endpoint.id };
    secrets.push((await getWebhookSecret(client, { params })).data.secret);
    // The program knows the secret of before alone, and takes what both sign.
    await rotateWebhookSecret(client, { params });
    await pay('EX-2');
    const caller = createWebhookCaller({ timeoutMs: 10_000, localAddresses: true });
    await createDispatcher(test.deps, caller).drain();
    expect(told).toMatchObject([{ type: 'invoice.paid', data: { number: 'EX-2', amount: '840.00' } }]);
    const { data: journal } = await listWebhookDeliveries(client, { params });
    expect(journal.items).toMatchObject([
      { eventId: told[0]?.id, status: 'delivered', lastAttempt: { status: 204 } },
    ]);
    await bookUntil(['EX-1', 'EX-2']);

    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const forged = await fetch(url, { method: 'POST', body: '{"type":"invoice.paid","data":{}}' });
    expect(forged.status).toBe(400);
    expect(said).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ fault: 'header_missing' }));
    expect(told).toHaveLength(1);
  });

  it('is told every wrong line of a refused import', async () => {
    const { key } = await integratorOf(test, { kind: 'issuer' });
    const wrong = [line('EX-1', '1206'), { ...line('EX-2', '12'), amount: '1,5' }];
    await expect(publish(clientOf(key), wrong)).rejects.toMatchObject({
      code: 'import_refused',
      issues: [
        { pointer: '/invoices/1/clientCode', code: 'client_code_invalid' },
        { pointer: '/invoices/1/amount', code: 'amount_invalid' },
      ],
    });
  });
});

describe('the authority’s program', () => {
  /** A filing with one document, as an operator sends it. */
  async function sentWithFile(): Promise<FilingId> {
    const { account, headers } = await signedInOperator(test);
    const draft = await draftFiling(test, { account, documents: [] });
    const { id: subscriptionId } = draft.subscription;
    const given = await upload(
      test.app,
      { cookie: headers },
      { id: subscriptionId, document: 'ice' },
      makePdf(),
    );
    expect(given.statusCode).toBe(200);
    await move(test, draft.id, {
      transition: 'submitted',
      actor: { kind: 'operator', accountId: draft.accountId },
      sections: draft.sections,
    });
    return draft.id;
  }
  const statusOf = async (id: FilingId) => {
    const [filing] = await test.deps.database.select().from(filings).where(eq(filings.id, id));
    return filing?.status;
  };
  const client = async (authority: 'customs' | 'portnet' = 'customs') =>
    clientOf((await integratorOf(test, { kind: 'authority', authority })).key);

  it('takes each that waits, reads its documents and decides by its rules', async () => {
    const [good, other] = [await sentWithFile(), await sentWithFile()];
    await test.deps.database
      .update(subscriptions)
      .set({ registryStatus: 'not_registered', registryMismatch: ['taxId'] })
      .where(sql`${subscriptions.id} = (select subscription_id from filings where id = ${other})`);
    const customs = await client();
    const waiting = await waitingFilings(customs);
    expect(waiting.indexOf(good)).toBeLessThan(waiting.indexOf(other));
    const { data: dossier } = await getFiling(customs, { params: { id: good } });
    expect(await readFiles(customs, dossier)).toEqual(new Map([['ice', new Uint8Array(makePdf())]]));
    expect(await decide(customs, good, judgeByRegistry)).toBe('validated');
    expect(await decide(customs, other, judgeByRegistry)).toBe('incomplete');
    expect([await statusOf(good), await statusOf(other)]).toEqual(['validated', 'incomplete']);
    // What is decided isn't decided again.
    expect(await decide(customs, good, judgeByRegistry)).toBeNull();
    expect(await waitingFilings(customs)).not.toContain(good);
  });

  it('judges again what changed while it was judged', async () => {
    const id = await sentWithFile();
    const agent = await signedInAgent(test);
    const seen: number[] = [];
    const outcome = await decide(await client(), id, async (dossier, files) => {
      seen.push(dossier.version);
      if (seen.length === 1)
        await test.app.inject({ method: 'PUT', url: `/api/v1/filings/${id}/holder`, headers: agent.headers });
      return judgeByRegistry(dossier, files);
    });
    expect(outcome).toBe('validated');
    expect(seen).toEqual([seen[0], (seen[0] ?? 0) + 1]);
  });

  it('leaves to a person what it can’t judge, and never sees another authority’s', async () => {
    const id = await sentWithFile();
    expect(await decide(await client(), id, () => Promise.resolve(null))).toBeNull();
    expect(await statusOf(id)).toBe('in_review');
    const portnet = await client('portnet');
    expect(await waitingFilings(portnet)).toEqual([]);
    await expect(decide(portnet, id, judgeByRegistry)).rejects.toMatchObject({ status: 404 });
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type RunningSandbox, startSandbox } from '../../../../../sandbox/src/start-sandbox.ts';
import type {
  CallbackDecision,
  CallbackReading,
  PaymentAttempt,
  PaymentChannel,
  PaymentGateway,
  StartedAttempt,
} from '../payment-gateway.ts';

/** A merchant that does with a gateway's messages what a test decides, over real HTTP. */
export interface Merchant {
  url: string;
  sandbox: RunningSandbox;
  /** In the order received. */
  readings: CallbackReading[];
  /** Set by the test's gateway, which needs the addresses first. */
  serve: (gateway: PaymentGateway) => void;
  decide: (reading: CallbackReading) => CallbackDecision | Promise<CallbackDecision>;
  /** Orders to the sandbox's control; the JSON answered. */
  control: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Submits a redirect's form as a browser does, and follows it to the page. */
  submit: (started: StartedAttempt) => Promise<{ status: number; text: string; url: string }>;
  stop: () => Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

export async function startMerchant(): Promise<Merchant> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-'));
  let gateway: PaymentGateway | undefined;
  const server = createServer((request, response) => {
    const answer = async () => {
      const url = new URL(request.url ?? '/', 'http://merchant.example');
      if (!gateway || request.method === 'GET') {
        const question = gateway?.readStatusQuestion?.(url.searchParams);
        const said = gateway?.answerStatusQuestion?.(question ? 'pending' : 'not_found');
        response.writeHead(said?.status ?? 404, { 'content-type': said?.contentType ?? 'text/plain' });
        response.end(said?.body);
        return;
      }
      const reading = gateway.readCallback({
        body: await bodyOf(request),
        headers: request.headers,
        notice: url.pathname.endsWith('/cancel') ? 'cancellation' : 'payment',
      });
      merchant.readings.push(reading);
      const said = gateway.answerCallback(reading, await merchant.decide(reading), 'R-1');
      response.writeHead(said.status, { 'content-type': said.contentType });
      response.end(said.body);
    };
    answer().catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    dataDir,
    badrKey: 'unused',
    amanPayCallbackUrl: `${url}/callback`,
  });

  const merchant: Merchant = {
    url,
    sandbox,
    readings: [],
    serve: (served) => {
      gateway = served;
    },
    decide: () => 'take',
    async control(method, path, body) {
      const response = await fetch(`${sandbox.url}${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.status === 204 ? undefined : response.json();
    },
    async submit(started) {
      if (started.type !== 'redirect') throw new Error('Nothing to submit.');
      const response = await fetch(started.url, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'cross-site' },
        body: new URLSearchParams(started.fields.map(([name, value]): [string, string] => [name, value])),
      });
      return { status: response.status, text: await response.text(), url: response.url };
    },
    async stop() {
      await sandbox.stop();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      await rm(dataDir, { recursive: true });
    },
  };
  return merchant;
}

let given = 0;
/** An attempt for 840.00 MAD with a reference of its own; a test names what it is about. */
export function attemptOf(channel: PaymentChannel, changes: Partial<PaymentAttempt> = {}): PaymentAttempt {
  given += 1;
  const now = Date.now();
  return {
    reference: `PN-${String(process.pid).padStart(7, '0')}${String(given).padStart(4, '0')}-1`,
    channel,
    amountCentimes: 84_000,
    language: 'fr',
    createdAt: new Date(now),
    expiresAt: new Date(now + 3_600_000),
    payer: { name: 'Société Exemple', email: 'payeur@exemple.example' },
    returnUrl: 'http://127.0.0.1:9/paiement/commandes/abc',
    lines: [
      { reference: 'WAF3', description: 'Facture WAF3', amountCentimes: 42_000 },
      { reference: 'WAF4', description: 'Facture WAF4', amountCentimes: 42_000 },
    ],
    ...changes,
  };
}

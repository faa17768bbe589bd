import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badrControl } from './badr/badr.control.ts';
import { badrPages } from './badr/badr.pages.ts';
import { badrWire } from './badr/badr.wire.ts';
import { createBadrFaults } from './badr/badr-faults.ts';
import { BadrStore } from './badr/badr-store.ts';
import { CallLog } from './badr/call-log.ts';
import type { Random } from './badr/generator.ts';
import { createGateways } from './gateways/gateways.ts';
import { inboxControl } from './inbox/inbox.control.ts';
import { inboxPages } from './inbox/inbox.pages.ts';
import { createInboxFaults } from './inbox/inbox-faults.ts';
import { MailStore } from './inbox/mail-store.ts';
import { createSmtpInbox, type SmtpInbox } from './inbox/smtp-inbox.ts';
import { docsPage } from './pages/docs.page.ts';
import { homePage } from './pages/home.page.ts';
import { signingControl } from './signing/signing.control.ts';
import { signingPages } from './signing/signing.pages.ts';
import { openSigningAuthority } from './signing/signing-authority.ts';
import { singleWindowControl } from './single-window/single-window.control.ts';
import { singleWindowPages } from './single-window/single-window.pages.ts';
import { singleWindowWire } from './single-window/single-window.wire.ts';
import { SingleWindowFaults } from './single-window/single-window-faults.ts';
import { singleWindowKey } from './single-window/single-window-key.ts';
import { SingleWindowStore } from './single-window/single-window-store.ts';
import { createJsonFile } from './storage/json-file.ts';

export interface SandboxOptions {
  /** The folder of the installation's data; the sandbox writes in `sandbox/` inside it. */
  dataDir: string;
  /** The key that callers of BADR must show. */
  badrKey: string;
  /** How many mails are kept. */
  mailLimit?: number;
  /** Where AmanPay notifies for its widget's orders; by default, at the origin that the payer returns to. */
  amanPayCallbackUrl?: string;
  now?: () => Date;
  random?: Random;
  newId?: () => string;
  logger?: boolean;
}

export interface Sandbox {
  app: FastifyInstance;
  smtp: SmtpInbox;
}

/** A browser sends a form from another site with the user's network, so pages elsewhere could command the sandbox. */
function refuseOtherSites(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const site = request.headers['sec-fetch-site'];
    if (request.method === 'GET' || site === undefined || site === 'same-origin' || site === 'none') return;
    await reply.code(403).send({ code: 'CROSS_SITE' });
  });
}

/** Puts the sandbox together: its HTTP application and its SMTP server, neither of them listening yet. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { dataDir, badrKey, now = () => new Date(), random = Math.random, newId = randomUUID } = options;
  const folder = join(dataDir, 'sandbox');
  const badr = {
    store: await BadrStore.open({ file: createJsonFile(join(folder, 'badr.json')), random, now }),
    faults: createBadrFaults(),
    calls: new CallLog(),
  };
  const singleWindow = {
    store: await SingleWindowStore.open({ file: createJsonFile(join(folder, 'single-window.json')), now }),
    faults: new SingleWindowFaults(),
  };
  const inbox = {
    store: await MailStore.open(join(folder, 'mails.jsonl'), options.mailLimit),
    faults: createInboxFaults(),
  };
  const gateways = await createGateways({ folder, amanPayCallbackUrl: options.amanPayCallbackUrl, now });
  const signing = { authority: openSigningAuthority(dataDir), now };
  const reset = async () => {
    badr.faults.clear();
    badr.calls.clear();
    inbox.faults.clear();
    singleWindow.faults.clear();
    await Promise.all([
      badr.store.reset(),
      singleWindow.store.reset(),
      inbox.store.clear(),
      gateways.reset(),
    ]);
  };

  const app = fastify({
    logger: options.logger === true ? { level: 'warn' } : false,
    forceCloseConnections: true,
    bodyLimit: 1024 * 1024,
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
  app.setErrorHandler(async (error, request, reply) => {
    if (error instanceof z.ZodError) {
      return reply.code(400).send({ code: 'BAD_REQUEST', message: z.prettifyError(error) });
    }
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 500) request.log.error(error);
    return reply
      .code(status)
      .send({ code: 'ERROR', message: error instanceof Error ? error.message : 'Error' });
  });

  app.get('/healthz', async () => ({ status: 'ok' }));
  await app.register(async (scope) => badrWire(scope, { key: badrKey, now, ...badr }), { prefix: '/badr' });
  await app.register(async (scope) => singleWindowWire(scope, { key: singleWindowKey, ...singleWindow }), {
    prefix: '/single-window',
  });
  await gateways.wire(app);
  app.addHook('onClose', async () => gateways.close());
  await app.register(async (scope) => {
    refuseOtherSites(scope);
    homePage(scope);
    docsPage(scope);
    badrPages(scope, badr);
    badrControl(scope, badr);
    singleWindowPages(scope, singleWindow);
    singleWindowControl(scope, singleWindow);
    inboxPages(scope, inbox);
    inboxControl(scope, inbox);
    signingPages(scope, signing);
    signingControl(scope, signing);
    gateways.pages(scope);
    scope.post('/api/reset', async (_request, reply) => {
      await reset();
      return reply.code(204).send();
    });
    scope.post('/reset', async (_request, reply) => {
      await reset();
      return reply.redirect('/', 303);
    });
  });

  return { app, smtp: createSmtpInbox({ ...inbox, newId, now }) };
}

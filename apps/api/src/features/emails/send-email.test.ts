import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/src/start-sandbox.ts';
import { emails } from '../../db/schema/emails.ts';
import { type Mailer, messageIdOf } from '../../integrations/mail/mailer.ts';
import { createSmtpMailer } from '../../integrations/mail/smtp-mailer.ts';
import { jobHandlers } from '../../jobs/handlers.ts';
import { workOnJobs } from '../../jobs/queue.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { makeAccount } from '../../testing/factories.ts';
import { queueEmail } from './emails.service.ts';
import { sendEmail } from './send-email.ts';

const Inbox = z.object({
  items: z.array(
    z.object({ to: z.array(z.string()), subject: z.string(), text: z.string(), messageId: z.string() }),
  ),
});

let test: TestApp;
let dataDir: string;
let sandbox: RunningSandbox;
let mailer: Mailer;
beforeAll(async () => {
  test = await testApp();
  dataDir = await mkdtemp(join(tmpdir(), 'emails-'));
  sandbox = await startSandbox({ dataDir, badrKey: 'unused' });
  mailer = createSmtpMailer({ url: sandbox.smtpUrl, from: test.deps.environment.MAIL_FROM });
});
afterAll(async () => {
  mailer.close();
  await sandbox.stop();
  await rm(dataDir, { recursive: true });
});
beforeEach(() => fetch(`${sandbox.url}/api/reset`, { method: 'POST' }));

const setMode = async (mode: Record<string, unknown>) => {
  const answer = await fetch(`${sandbox.url}/api/inbox/mode`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(mode),
  });
  expect(answer.status).toBe(200);
};
const mailsTo = async (to: string) =>
  Inbox.parse(await (await fetch(`${sandbox.url}/api/inbox`)).json()).items.filter((mail) =>
    mail.to.includes(to),
  );

let serial = 0;
/** Queues the creation link of a new account; `event` names it, as in production. */
const queueOne = async (event = `test:${String((serial += 1))}`) => {
  const account = await makeAccount(test);
  const { database, jobs } = test.deps;
  await database.transaction((transaction) =>
    queueEmail(transaction, jobs, {
      event,
      template: 'account_creation',
      data: { path: '/espace-prive/registre/creer-mot-de-passe/secret-du-lien' },
      to: account.email,
      locale: 'fr',
      accountId: account.id,
    }),
  );
  const [row] = await database.select().from(emails).where(eq(emails.event, event));
  if (!row) throw new Error('no e-mail was queued');
  return { id: row.id, to: account.email };
};
const rowOf = async (id: string) =>
  (await test.deps.database.select().from(emails).where(eq(emails.id, id)))[0];
const messageId = (id: string) => messageIdOf(id, test.deps.environment.MAIL_FROM);

describe('an e-mail', () => {
  it('leaves once; its secret is kept no longer than needed', async () => {
    const { id, to } = await queueOne();
    expect(JSON.stringify(await rowOf(id))).toContain('secret-du-lien');
    await sendEmail(test.deps, mailer, id);
    await sendEmail(test.deps, mailer, id);
    const mails = await mailsTo(to);
    expect(mails).toEqual([
      expect.objectContaining({
        subject: 'Notification RNOCE\u00a0: création de votre espace privé',
        text: expect.stringContaining(
          'http://127.0.0.1:3000/espace-prive/registre/creer-mot-de-passe/secret-du-lien',
        ) as unknown,
        messageId: messageId(id),
      }),
    ]);
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'sent', attempts: 1, lastError: null });
    expect(row?.sentAt).not.toBeNull();
    expect(JSON.stringify(row)).not.toContain('secret-du-lien');
  });

  it('tells one event once', async () => {
    const { id } = await queueOne('filing-decided:1');
    const second = await queueOne('filing-decided:1');
    expect(second.id).toBe(id);
  });

  it('is not queued when the change that it tells is undone', async () => {
    const { database, jobs } = test.deps;
    const { rows: before } = await database.$client.query('select count(*) from jobs.job');
    await expect(
      database.transaction(async (transaction) => {
        await queueEmail(transaction, jobs, {
          event: 'undone',
          template: 'password_changed',
          data: { legalName: 'X', at: new Date().toISOString() },
          to: 'x@societe.example',
          locale: 'fr',
          accountId: null,
        });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await database.select().from(emails).where(eq(emails.event, 'undone'))).toEqual([]);
    expect((await database.$client.query('select count(*) from jobs.job')).rows).toEqual(before);
  });

  it('stays queued while the mail server is away, and says why', async () => {
    const { id, to } = await queueOne();
    await setMode({ mode: 'down' });
    await expect(sendEmail(test.deps, mailer, id)).rejects.toThrow('The mail server');
    expect(await rowOf(id)).toMatchObject({ status: 'queued', attempts: 1 });
    expect((await rowOf(id))?.lastError).toContain('did not take');
    await setMode({ mode: 'accept' });
    await sendEmail(test.deps, mailer, id);
    expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 2, lastError: null });
    expect(await mailsTo(to)).toHaveLength(1);
  });

  it('is given up when it is refused for good, with its secret gone', async () => {
    const { id, to } = await queueOne();
    await setMode({ mode: 'permfail', to });
    await sendEmail(test.deps, mailer, id);
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'failed', attempts: 1 });
    expect(JSON.stringify(row)).not.toContain('secret-du-lien');
  });

  it('leaves again under the same Message-ID when the process was killed before it was noted', async () => {
    const { id, to } = await queueOne();
    const killed: Mailer = {
      send: async (mail) => {
        await mailer.send(mail);
        throw new Error('killed after the mail server took it');
      },
      close: () => {},
    };
    await expect(sendEmail(test.deps, killed, id)).rejects.toThrow('killed');
    await sendEmail(test.deps, mailer, id);
    expect((await mailsTo(to)).map((mail) => mail.messageId)).toEqual([messageId(id), messageId(id)]);
    expect(await rowOf(id)).toMatchObject({ status: 'sent' });
  });
});

describe('the worker', () => {
  let stop: (() => Promise<void>) | undefined;
  const startWorker = async () => {
    ({ stop } = await workOnJobs(
      { url: test.deps.environment.DATABASE_URL, onError: () => {} },
      jobHandlers(test.deps, mailer),
    ));
  };
  afterEach(async () => {
    await stop?.();
    stop = undefined;
  });

  it('sends what was queued while it was away, and what comes, also after the mail server was down', async () => {
    const before = await queueOne();
    await startWorker();
    await expect.poll(() => mailsTo(before.to), { timeout: 20_000 }).toHaveLength(1);
    await setMode({ mode: 'down' });
    const during = await queueOne();
    await expect.poll(async () => (await rowOf(during.id))?.attempts, { timeout: 20_000 }).toBeGreaterThan(0);
    await setMode({ mode: 'accept' });
    await expect.poll(() => mailsTo(during.to), { timeout: 20_000 }).toHaveLength(1);
    await expect.poll(async () => (await rowOf(during.id))?.status, { timeout: 20_000 }).toBe('sent');
  });

  it('works through a backlog without a pause between two e-mails', async () => {
    const queued: { id: string }[] = [];
    for (let index = 0; index < 40; index += 1) queued.push(await queueOne());
    await startWorker();
    await expect
      .poll(async () => (await rowOf(queued.at(-1)?.id ?? ''))?.status, { timeout: 20_000 })
      .toBe('sent');
  });

  it('answers « Recevoir le lien » by an e-mail', async () => {
    const { email } = await makeAccount(test);
    await startWorker();
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/password-resets',
      payload: { email },
    });
    expect(answer.statusCode).toBe(202);
    await expect.poll(() => mailsTo(email), { timeout: 20_000 }).toHaveLength(1);
  });
});

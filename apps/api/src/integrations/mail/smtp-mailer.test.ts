import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/src/start-sandbox.ts';
import {
  type Mailer,
  MailPermanentError,
  MailTransientError,
  messageIdOf,
  type OutgoingMail,
} from './mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const from = 'RNOCE <ne-pas-repondre@rnoce.example>';
const mail: OutgoingMail = {
  to: 'nadia@transit-bouregreg.example',
  subject: 'Votre demande est validée — تم قبول طلبكم',
  html: '<p dir="rtl">مرحبا <a href="https://rnoce.example/x?a=1&amp;b=2">ici</a></p>',
  text: 'Bonjour, https://rnoce.example/x?a=1&b=2',
  messageId: messageIdOf('0190f3a2-0000-7000-8000-000000000001', from),
};
const Inbox = z.object({
  items: z.array(
    z.object({
      to: z.array(z.string()),
      from: z.string(),
      subject: z.string(),
      text: z.string(),
      html: z.string(),
      messageId: z.string(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
});

let dataDir: string;
let sandbox: RunningSandbox;
let mailer: Mailer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mail-'));
  sandbox = await startSandbox({ dataDir, badrKey: 'unused' });
});
afterAll(async () => {
  await sandbox.stop();
  await rm(dataDir, { recursive: true });
});

const setMode = async (mode: Record<string, unknown>) => {
  const response = await fetch(`${sandbox.url}/api/inbox/mode`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(mode),
  });
  expect(response.status).toBe(200);
};
const inbox = async () => Inbox.parse(await (await fetch(`${sandbox.url}/api/inbox`)).json()).items;

beforeEach(async () => {
  await fetch(`${sandbox.url}/api/reset`, { method: 'POST' });
  mailer = createSmtpMailer({ url: sandbox.smtpUrl, from });
});
afterEach(() => mailer.close());

describe('SMTP mailer', () => {
  it('sends both parts in any script, with its own Message-ID', async () => {
    await mailer.send({ ...mail, headers: { 'X-Rnoce-Event': 'filing_validated' } });
    const [received] = await inbox();
    expect(received).toMatchObject({
      to: [mail.to],
      from: 'ne-pas-repondre@rnoce.example',
      subject: mail.subject,
      html: expect.stringContaining(mail.html),
      text: expect.stringContaining(mail.text),
      messageId: mail.messageId,
    });
    const headers = new Map(received?.headers.map((header) => [header.name.toLowerCase(), header.value]));
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('x-rnoce-event')).toBe('filing_validated');
  });

  it('sends many at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => mailer.send({ ...mail, to: `u${index}@club.example` })),
    );
    expect(new Set((await inbox()).flatMap((received) => received.to)).size).toBe(20);
  });

  it('takes a 451 for transient, and the next try goes through', async () => {
    await setMode({ mode: 'tempfail', to: mail.to, calls: 1 });
    await expect(mailer.send(mail)).rejects.toMatchObject({ name: 'MailTransientError', responseCode: 451 });
    await mailer.send(mail);
    expect(await inbox()).toHaveLength(1);
  });

  it('takes a 550 for permanent', async () => {
    await setMode({ mode: 'permfail', to: mail.to });
    await expect(mailer.send(mail)).rejects.toMatchObject({ name: 'MailPermanentError', responseCode: 550 });
    await mailer.send({ ...mail, to: 'autre@club.example' });
    expect(await inbox()).toHaveLength(1);
  });

  it('takes a server that is down for transient, with connections open or not', async () => {
    await mailer.send(mail);
    await setMode({ mode: 'down' });
    await expect(mailer.send(mail)).rejects.toBeInstanceOf(MailTransientError);
    const fresh = createSmtpMailer({ url: sandbox.smtpUrl, from });
    await expect(fresh.send(mail)).rejects.toBeInstanceOf(MailTransientError);
    fresh.close();
    await setMode({ mode: 'accept' });
    await mailer.send(mail);
    expect(await inbox()).toHaveLength(2);
  });

  it('takes nobody listening for transient', async () => {
    const nobody = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from });
    await expect(nobody.send(mail)).rejects.toBeInstanceOf(MailTransientError);
    nobody.close();
  });

  it('tells nothing in clear to another machine', async () => {
    // An address of this one that doesn't look so.
    const elsewhere = sandbox.smtpUrl.replace('127.0.0.1', '[::ffff:127.0.0.1]');
    const distrustful = createSmtpMailer({ url: elsewhere, from });
    await expect(distrustful.send(mail)).rejects.toThrow('ETLS');
    distrustful.close();
    expect(await inbox()).toEqual([]);
  });

  it('does not wait for a slow server beyond its time', async () => {
    const hurried = createSmtpMailer({ url: sandbox.smtpUrl, from, timeoutMs: 200 });
    await setMode({ mode: 'slow', delayMs: 60_000 });
    await expect(hurried.send(mail)).rejects.toBeInstanceOf(MailTransientError);
    hurried.close();
  });

  it('never makes two recipients of one address', async () => {
    await expect(mailer.send({ ...mail, to: 'a@club.example, b@club.example' })).rejects.toBeInstanceOf(
      MailPermanentError,
    );
    await expect(
      mailer.send({ ...mail, to: 'a@club.example\r\nBcc: b@club.example' }),
    ).rejects.toBeInstanceOf(MailPermanentError);
    expect(await inbox()).toEqual([]);
  });
});

describe('messageIdOf', () => {
  it('depends on the e-mail and the sender’s domain alone', () => {
    expect(messageIdOf('42', from)).toBe('<42@rnoce.example>');
    expect(messageIdOf('42', 'no-reply@RNOCE.example')).toBe('<42@rnoce.example>');
  });
  it.each([
    ['4 2', from],
    ['42>\r\nX: y', from],
    ['42', 'nobody'],
  ])('refuses what would break the header: %j', (id, sender) => {
    expect(() => messageIdOf(id, sender)).toThrow('No Message-ID');
  });
});

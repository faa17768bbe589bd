import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locales } from '@rnoce/i18n';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/src/start-sandbox.ts';
import type { Mailer } from '../../integrations/mail/mailer.ts';
import { createSmtpMailer } from '../../integrations/mail/smtp-mailer.ts';
import { administration } from '../../testing/agents-admin.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { mailedInvitation } from '../../testing/invitations.ts';
import { sendEmail } from '../emails/send-email.ts';

const Inbox = z.object({
  items: z.array(
    z.object({
      to: z.array(z.string()),
      subject: z.string(),
      text: z.string(),
      html: z.string(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
});

let test: TestApp;
let dataDir: string;
let sandbox: RunningSandbox;
let mailer: Mailer;
beforeAll(async () => {
  test = await testApp();
  dataDir = await mkdtemp(join(tmpdir(), 'invitations-'));
  sandbox = await startSandbox({ dataDir, badrKey: 'unused' });
  mailer = createSmtpMailer({ url: sandbox.smtpUrl, from: test.deps.environment.MAIL_FROM });
});
afterAll(async () => {
  mailer.close();
  await sandbox.stop();
  await rm(dataDir, { recursive: true });
});
const { signedIn, invite, newEmail, mailsTo } = administration(() => test);

it.each(locales)(
  'in %s, names are text and nothing else, in no header; once it has left, its link is here no more',
  async (locale) => {
    const email = newEmail();
    const caller = await signedIn({ name: 'Driss\r\nBcc: espion@piege.example' });
    const name =
      'Hajar\r\nBcc: tous@piege.example\r\n\r\n<script>alert(1)</script><a href="//piege.example">ici</a>';
    expect((await invite(caller, { email, name, locale })).statusCode).toBe(201);
    const link = `${test.deps.environment.PUBLIC_URL}/agents/invitation#${await mailedInvitation(test, email)}`;
    const [queued] = await mailsTo(email);
    await sendEmail(test.deps, mailer, queued?.id ?? '');
    const { items } = Inbox.parse(await (await fetch(`${sandbox.url}/api/inbox`)).json());
    const [mail, ...others] = items.filter(({ to }) => to.includes(email));
    expect([mail?.to, others]).toEqual([[email], []]);
    expect(items.flatMap(({ to }) => to).filter((to) => to.includes('piege'))).toEqual([]);
    const headers = mail?.headers.map(({ name: header }) => header.toLowerCase());
    expect(headers).not.toContain('bcc');
    expect(JSON.stringify([mail?.subject, mail?.headers])).not.toMatch(/piege|Hajar|Driss/);
    expect(mail?.html).not.toMatch(/<script|href="\/\/piege/);
    expect(mail?.text.split(/\r?\n/)).toContain(link);
    expect(await mailsTo(email)).toMatchObject([{ status: 'sent', data: { renewed: false } }]);
    expect(JSON.stringify(await mailsTo(email))).not.toContain('#');
  },
);

import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { linksOf, type Mail, readMail } from './mail.ts';
import { MailStore } from './mail-store.ts';

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'mails-')), 'sandbox', 'mails.jsonl');
});
afterEach(() => rm(join(path, '..', '..'), { recursive: true }));

const mail = (number: number, fields: Partial<Mail> = {}): Mail => ({
  id: String(number),
  date: `2026-11-21T10:00:${String(number).padStart(2, '0')}.000Z`,
  to: ['a@club.example'],
  from: 'rnoce@rnoce.example',
  subject: `Message ${number}`,
  text: '',
  html: '',
  messageId: `<${number}@rnoce.example>`,
  headers: [],
  attachments: [],
  ...fields,
});
const idsOf = (mails: Mail[]) => mails.map(({ id }) => id);

it('keeps the last mails, newest first, on disk too', async () => {
  const store = await MailStore.open(path, 3);
  for (let number = 1; number <= 10; number += 1) await store.add(mail(number));
  expect(idsOf(store.list())).toEqual(['10', '9', '8']);
  expect((await readFile(path, 'utf8')).split('\n').length).toBeLessThanOrEqual(7);
  expect(idsOf((await MailStore.open(path, 3)).list())).toEqual(['10', '9', '8']);
});

it('keeps mails that arrive together, and drops a line that a killed process left unfinished', async () => {
  const store = await MailStore.open(path);
  await Promise.all([1, 2, 3].map((number) => store.add(mail(number))));
  await appendFile(path, '{"id":"4","da');
  const again = await MailStore.open(path);
  expect(idsOf(again.list())).toEqual(['3', '2', '1']);
  await again.add(mail(5));
  expect(idsOf((await MailStore.open(path)).list())).toEqual(['5', '3', '2', '1']);
});

it('filters by recipient, subject and time, and empties', async () => {
  const store = await MailStore.open(path);
  await store.add(mail(1, { to: ['Nadia@Club.example', 'b@club.example'] }));
  await store.add(mail(2, { subject: 'Mot de passe' }));
  expect(idsOf(store.list({ to: 'nadia@club.example' }))).toEqual(['1']);
  expect(idsOf(store.list({ to: 'club.example' }))).toEqual([]);
  expect(idsOf(store.list({ subject: 'MOT DE' }))).toEqual(['2']);
  expect(idsOf(store.list({ since: new Date('2026-11-21T10:00:02.000Z') }))).toEqual(['2']);
  await store.clear();
  expect(store.list()).toEqual([]);
  expect((await MailStore.open(path)).list()).toEqual([]);
});

it('keeps the attachments of the last hundred mails', async () => {
  const store = await MailStore.open(path);
  const raw = Buffer.from(
    'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nbonjour\r\n--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--x--\r\n',
  );
  const at = new Date('2026-11-21T10:00:00Z');
  await store.add(await readMail({ raw, from: '', to: [], id: 'first', at }));
  const kept = {
    name: 'a.pdf',
    mediaType: 'application/pdf',
    content: Buffer.from('%PDF').toString('base64'),
  };
  expect(store.find('first')?.attachments).toEqual([{ ...kept, sizeBytes: 4 }]);
  expect((await MailStore.open(path)).find('first')?.attachments).toEqual([{ ...kept, sizeBytes: 4 }]);
  for (let number = 1; number <= 100; number += 1) await store.add(mail(number % 60, { id: String(number) }));
  expect(store.find('first')?.attachments).toEqual([{ ...kept, sizeBytes: 4, content: null }]);
});

it('finds the links of both parts once', () => {
  expect(
    linksOf({
      text: 'Voir https://rnoce.example/a?x=1&y=2. Fin',
      html: '<a href="https://rnoce.example/a?x=1&amp;y=2">a</a> <a href="https://rnoce.example/b">b</a> <a href="javascript:x()">c</a>',
    }),
  ).toEqual(['https://rnoce.example/a?x=1&y=2', 'https://rnoce.example/b']);
});

it('keeps a message that it can’t read', async () => {
  const raw = Buffer.from(`X-Long: ${'x'.repeat(3 * 1024 * 1024)}\r\n\r\nbonjour`);
  const read = await readMail({
    raw,
    from: '',
    to: ['a@club.example'],
    id: '1',
    at: new Date('2026-11-21T10:00:00Z'),
  });
  expect(read).toMatchObject({ id: '1', to: ['a@club.example'], subject: '(message illisible)' });
  expect(read.text).toContain('bonjour');
});

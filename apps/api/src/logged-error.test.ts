import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { accounts } from './db/schema/accounts.ts';
import { logOptions } from './process.ts';
import { testApp } from './testing/app.ts';
import { makeAccount } from './testing/factories.ts';

const test = await testApp();

function logged(err: unknown): string {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  pino({ ...logOptions, level: 'info' }, stream).error({ err }, 'internal');
  return lines.join('');
}

it('tells which statement failed and why, and nothing of what people gave', async () => {
  const email = 'salma.alaoui@societe.example';
  await makeAccount(test, { email });
  const failure = await test.deps.database
    .insert(accounts)
    .values({ legalName: 'Nom secret', address: 'x', email, phone: '+212661767620', locale: 'fr' })
    .catch((error: unknown) => error);
  const line = logged(new Error('wrapped', { cause: failure }));
  expect(line).toContain('insert into');
  expect(line).toContain('accounts_email');
  expect(line).toContain('23505');
  expect(line).not.toMatch(/salma|Nom secret|661767620/);
});

it('keeps what a check refused to itself', async () => {
  const failure = await test.deps.database
    .execute(sql`insert into password_reset_requests (id, email) values (null, 'secret@societe.example')`)
    .catch((error: unknown) => error);
  const line = logged(failure);
  expect(line).toContain('23502');
  expect(line).not.toContain('Failing row');
});

it('tells the code of an error, by which its cause is known', () => {
  const line = logged(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
  expect(JSON.parse(line)).toMatchObject({ err: { code: 'ECONNRESET' } });
});

it('tells other errors whole', () => {
  expect(logged(new TypeError('storage'))).toMatch(/TypeError.*storage.*logged-error\.test/);
});

/** docker/postgres-roles.sql on a real PostgreSQL: the roles are enough, and no more. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { z } from 'zod';
import { type RunningSandbox, startSandbox } from '../../../sandbox/src/start-sandbox.ts';
import { testApp } from '../testing/app.ts';
import { freePort, processSettings, startServerProcess, startWorkerProcess } from '../testing/process.ts';
import { migrate } from './migrate.ts';

const script = new URL('../../../../docker/postgres-roles.sql', import.meta.url);
/** Of the database, and the beginning of the roles': those are the whole cluster's. */
const name = `roles_${randomBytes(6).toString('hex')}`;
const Inbox = z.object({ items: z.array(z.object({ to: z.array(z.string()) })) });

function urlOf(user?: string): string {
  const url = new URL(inject('postgresAdminUrl'));
  url.pathname = `/${name}`;
  if (user) [url.username, url.password] = [user, 'a-password'];
  return url.href;
}
const owner = () => urlOf(`${name}_owner`);
const application = () => urlOf(`${name}_application`);

async function query(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

let dataDir: string;
let sandbox: RunningSandbox;
beforeAll(async () => {
  await query(inject('postgresAdminUrl'), `create database ${name}`);
  const text = await readFile(script, 'utf8');
  await query(
    urlOf(),
    text
      .replaceAll(/^\\.*$/gm, '')
      .replaceAll(/:'\w+_password'/g, "'a-password'")
      .replaceAll(/\brnoce/g, name),
  );
  await migrate(owner());
  dataDir = await mkdtemp(join(tmpdir(), 'roles-'));
  sandbox = await startSandbox({ dataDir, badrKey: 'unused' });
});
afterAll(async () => {
  await sandbox.stop();
  await rm(dataDir, { recursive: true });
  await query(
    inject('postgresAdminUrl'),
    `drop database ${name} with (force)`,
    `drop role ${name}_owner, ${name}_application`,
  );
});

it('the API and the worker work by the lesser role', async () => {
  const { deps } = await testApp();
  const settings = {
    ...processSettings(deps.environment),
    DATABASE_URL: application(),
    SMTP_URL: sandbox.smtpUrl,
  };
  const server = await startServerProcess(settings, await freePort());
  const worker = await startWorkerProcess(settings);
  try {
    const email = 'nadia@transit-bouregreg.example';
    const answer = await fetch(`${server.url}/api/v1/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        legalName: 'Transit Bouregreg',
        address: '12 rue du Port, Rabat',
        email,
        phone: '+212661234567',
        captcha: 'none',
      }),
    });
    expect(answer.status).toBe(202);
    await vi.waitFor(
      async () => {
        const { items } = Inbox.parse(await (await fetch(`${sandbox.url}/api/inbox`)).json());
        expect(items.flatMap(({ to }) => to)).toContain(email);
      },
      { timeout: 20_000 },
    );
  } finally {
    await worker.kill();
    await server.kill();
  }
});

it.each([
  'create table mine ()',
  'create temporary table mine ()',
  'create schema mine',
  'drop extension pg_trgm',
  'alter table accounts disable trigger all',
  'drop table accounts',
  'truncate accounts',
  'create table jobs.mine ()',
  "copy accounts to program 'true'",
  "select pg_read_file('/etc/hosts')",
  'create role mine',
])('the lesser role may not: %s', async (statement) => {
  await expect(query(application(), statement)).rejects.toMatchObject({ code: '42501' });
});

it('the migrations run again by the owner, who is no superuser either', async () => {
  await migrate(owner());
  await expect(query(owner(), "copy accounts to program 'true'")).rejects.toMatchObject({ code: '42501' });
});

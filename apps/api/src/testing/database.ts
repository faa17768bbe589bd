import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { TEMPLATE_DATABASE } from './template.ts';

const created: string[] = [];
let shared: Promise<TestDatabase> | undefined;

export type TestDatabase = {
  /** Connection string; dropped, with its connections, after the last test of the file. */
  url: string;
};

/**
 * The database of this test file: the same one at each call, migrated, without rows but the migrations' own.
 * Tests of one file share its rows; files never do.
 */
export function testDatabase(): Promise<TestDatabase> {
  shared ??= createTestDatabase();
  return shared;
}

/** One more database beside the file's own, for a test that ruins it or needs it empty. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  // Copying files takes 50 ms; through the write-ahead log it would take four times that.
  await asAdministrator([`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE} STRATEGY FILE_COPY`]);
  created.push(name);
  const url = new URL(inject('postgresAdminUrl'));
  url.pathname = `/${name}`;
  return { url: url.href };
}

/** Drops what this test file created; the next file of the same process gets its own. */
export async function dropTestDatabases(): Promise<void> {
  shared = undefined;
  await asAdministrator(created.splice(0).map((name) => `DROP DATABASE ${name} WITH (FORCE)`));
}

async function asAdministrator(statements: string[]): Promise<void> {
  if (statements.length === 0) return;
  const client = new Client({
    connectionString: inject('postgresAdminUrl'),
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

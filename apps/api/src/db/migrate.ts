import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { loadReferenceLists } from '../features/reference/reference.seed.ts';
import { installJobs } from '../jobs/queue.ts';

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));
/** Any number: the same for every process that migrates. */
const lockKey = 7_312_026;

/**
 * Brings a database to today's tables, job queues and reference lists. Safe to run again, and from several processes at once:
 * the second waits for the first.
 */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const database = drizzle({ client, casing: 'snake_case' });
    // The queue's search looks for parts of names and codes among a hundred thousand.
    await client.query('create extension if not exists pg_trgm');
    await runMigrations(database, { migrationsFolder });
    await installJobs(url);
    await loadReferenceLists(database);
  } finally {
    await client.end();
  }
}

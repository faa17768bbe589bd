import { Client } from 'pg';
import { migrate } from '../db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the run's PostgreSQL, as its superuser. */
    postgresAdminUrl: string;
  }
}

/** The migrated database which every test database is a copy of. */
export const TEMPLATE_DATABASE = 'rnoce_template';

/**
 * Makes and migrates the template database of a test run.
 *
 * @param adminUrl connection string of a superuser of an otherwise empty PostgreSQL
 */
export async function createTemplate(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
    const template = new URL(adminUrl);
    template.pathname = `/${TEMPLATE_DATABASE}`;
    await migrate(template.href);
    // A connection left open on the template would make every copy fail: none is possible from here on.
    await client.query(`ALTER DATABASE ${TEMPLATE_DATABASE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  } finally {
    await client.end();
  }
}

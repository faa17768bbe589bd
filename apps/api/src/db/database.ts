import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

export type Database = NodePgDatabase & { readonly $client: pg.Pool };
export type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0];
/** A repository takes the database or the transaction that it was given, and never opens its own. */
export type Executor = NodePgDatabase | Transaction;

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  /** Called when an idle connection is lost; the pool opens another one by itself. */
  readonly onConnectionLost: (error: Error) => void;
}

/** Opens a pool. The loss of PostgreSQL fails the statements under way, not the process. */
export function openDatabase({ url, poolSize, onConnectionLost }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    application_name: 'rnoce',
  });
  pool.on('error', onConnectionLost);
  pool.on('connect', (client) => client.on('error', onConnectionLost));
  return drizzle({ client: pool, casing: 'snake_case' });
}

/** SQLSTATE classes and codes of a server that is away, and Node's codes of a connection that failed. */
const awayCodes = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Whether an error says that PostgreSQL can't be reached now, rather than that the statement is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (awayCodes.has(code) || code.startsWith('08')) return true;
    // No socket where PostgreSQL's should be; a missing file of ours has the same code.
    if (code === 'ENOENT' && 'syscall' in cause && cause.syscall === 'connect') return true;
    if (
      /Connection terminated|timeout exceeded when trying to connect|Query read timeout/.test(cause.message)
    )
      return true;
    if (cause instanceof AggregateError && cause.errors.some(isDatabaseAway)) return true;
  }
  return false;
}

/** The name of the unique index that a failed write ran into, or undefined. */
export function violatedIndex(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === '23505' && 'constraint' in cause) return String(cause.constraint);
  }
  return undefined;
}

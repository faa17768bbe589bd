/** Millions of invoices in a temporary database, and a finance agent who imports more. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Agent } from 'node:http';
import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { newTotpSecret, sealTotpSecret } from '../apps/api/src/features/agents/totp.ts';
import { send } from './load.ts';
import { password } from './people.ts';
import { totpKey } from './product.ts';

/** Invoices of one code, of which one in five is unpaid. */
const perCode = 40;
const unpaidEvery = 5;
const issuerCount = 20;

/** The code with this rank, as the database makes it: `A` and three digits of base 36 can't hold them all, so four. */
export const codeOf = (rank: number): string => rank.toString(36).toUpperCase().padStart(4, '0');
/** Codes without an invoice come after those with invoices, every second one; those between are nobody's. */
export const emptyCount = 1000;
export const codeCount = (invoices: number): number => Math.floor(invoices / perCode);

const base36 = (rank: string): string =>
  [3, 2, 1, 0]
    .map(
      (power) =>
        `substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', ((${rank}) / ${String(36 ** power)})::int % 36 + 1, 1)`,
    )
    .join(' || ');

interface IndexRow {
  readonly indexname: string;
  readonly indexdef: string;
}

/**
 * Fills the tables up to `count` invoices, a quarter of them under their client's ICE; indexes are built afterwards, as after a restore. What is
 * there already stays.
 */
export async function fillInvoices(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: indexes } = await client.query<IndexRow>(
      `select indexname, indexdef from pg_indexes where tablename = 'invoices' and indexname <> 'invoices_pkey'`,
    );
    for (const { indexname } of indexes) await client.query(`drop index ${indexname}`);
    await client.query(
      `insert into issuers (code, name) select 'BENCH-' || n, 'Émetteur ' || n from generate_series(1, $1::int) n on conflict do nothing`,
      [issuerCount],
    );
    await client.query(
      `insert into subscription_codes (code, ice, legal_name)
       select ${base36('r.rank')}, '0096' || lpad(r.rank::text, 11, '0'), 'Société ' || r.rank || ' SARL'
       from generate_series(0, $1::int + $2::int - 1) n, lateral (select case when n < $1::int then n else 2 * n - $1::int end) r(rank)
       on conflict do nothing`,
      [codeCount(count), emptyCount],
    );
    const { rows } = await client.query<{ known: number }>('select count(*)::int as known from invoices');
    await client.query(
      `insert into invoices (issuer_id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes, methods, status, paid_at)
       select i.ids[1 + n % $3::int], 'B' || n,
         case when n % 4 = 3 then '0096' || lpad((n / $4)::text, 11, '0') else ${base36('n / $4')} end,
         'Société ' || n / $4 || ' SARL', false, date '2020-01-01' + (n % 2000), date '2020-02-01' + (n % 2000), 100 + n % 900000, '{amanpay,cmi}',
         case when n % $5::int = 0 then 'unpaid' else 'paid' end, case when n % $5::int = 0 then null else now() end
       from generate_series($1::int, $2::int - 1) n, (select array_agg(id) as ids from issuers where code like 'BENCH-%') i`
        .replaceAll('$4', String(perCode))
        .replaceAll('$5', '$4'),
      [rows[0]?.known ?? 0, count, issuerCount, unpaidEvery],
    );
    for (const { indexdef } of indexes) await client.query(indexdef);
    await client.query('vacuum analyze invoices');
    await client.query('analyze subscription_codes');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** The code of the moment (RFC 6238). */
function oneTimeCode(secret: string, at: Date): string {
  const bits = Array.from(secret, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** A signed-in finance agent: the cookie of their browser. */
export async function signInFinance(databaseUrl: string, apiUrl: string, sockets: Agent): Promise<string> {
  const [id, email, secret] = [randomUUID(), `finance-${randomUUID()}@douane.example`, newTotpSecret()];
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `insert into agents (id, name, email, authority, role, password_hash, totp_secret) values ($1, 'Mesure', $2, 'customs', 'finance', $3, $4)`,
    [
      id,
      email,
      await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
      sealTotpSecret(secret, { key: totpKey, agentId: id }),
    ],
  );
  await client.end();
  const post = async (path: string, body: object) => {
    const answer = await send(sockets, `${apiUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.body.toString()}`);
    return answer;
  };
  const started = await post('/agent-sessions', { email, password });
  const { challenge } = JSON.parse(started.body.toString()) as { challenge: string };
  const code = oneTimeCode(secret, new Date());
  const signedIn = await post('/agent-sessions/code', { challenge, code });
  return (signedIn.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
}

/** Millions of invoices in a temporary database, and the key of an issuer who imports more. */
import { scopesFor } from '@rnoce/schemas/scopes';
import pg from 'pg';
import { drawKey } from '../apps/api/src/plugins/api-keys.ts';

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

/** A key of an issuer's accountant system, and the issuer; the API has them at its next request. */
export async function makeIssuerKey(
  databaseUrl: string,
  code: string,
): Promise<{ key: string; issuerId: string }> {
  const { key, prefix, hash } = drawKey();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ issuer_id: string }>(
      `with issuer as (insert into issuers (code, name) values ($1, $1) returning id),
         integrator as (insert into integrators (name, kind, issuer_id, email) select $1, 'issuer', id, 'mesure@societe.example' from issuer returning id, issuer_id),
         api_key as (insert into api_keys (integrator_id, name, prefix, hash, scopes, expires_on) select id, 'Mesure', $2, $3, $4, current_date + 30 from integrator)
       select issuer_id from integrator`,
      [code, prefix, hash, scopesFor('issuer', null)],
    );
    return { key, issuerId: rows[0]?.issuer_id ?? '' };
  } finally {
    await client.end();
  }
}

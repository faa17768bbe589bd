/**
 * `node bench/receipts.ts`: receipts by the API as its own process, each of another order, since Typst remembers what it has set. Prints a table
 * and the API's peak memory; bounded to about a minute.
 */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Figures, keepAlive, load, send } from './load.ts';
import { startProduct } from './product.ts';

const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const orders = 400;

/** Paid orders of so many invoices each; gives their ids. */
async function fillOrders(database: Client, size: number): Promise<string[]> {
  const issuer = randomUUID();
  await database.query("insert into issuers (id, code, name) values ($1, $2, 'TUV Rheinland')", [
    issuer,
    `BENCH-${String(size)}`,
  ]);
  const { rows } = await database.query<{ id: string }>(
    `with made as (
       insert into payment_orders (issuer_id, issuer_name, method, channel, amount_centimes, status, locale, receipt_number, receipt_code, paid_at)
       select $1, 'TUV Rheinland', 'cmi', 'card', $3 * 84000, 'paid', 'fr', 'R-' || $3 || '-' || n, 'BENCH-' || $3 || '-' || n, now() + n * interval '1 minute'
       from generate_series(1, $2::int) n returning id, number),
     invoiced as (
       insert into invoices (issuer_id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes, methods)
       select $1, 'F' || n || '-' || o.number, 'AB12', 'STE IMP SARL', false, '2026-10-01', '2026-12-31', 84000, '{cmi}'
       from made o, generate_series(1, $3::int) n
       returning id, number, client_code, client_name, issued_on, due_on, amount_centimes),
     lines as (
       insert into payment_order_lines (order_id, invoice_id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes)
       select o.id, i.id, i.number, i.client_code, i.client_name, false, i.issued_on, i.due_on, i.amount_centimes
       from invoiced i join made o on o.number = split_part(i.number, '-', 2)::bigint)
     select id from made`,
    [issuer, orders, size],
  );
  return rows.map(({ id }) => id);
}

const product = await startProduct();
const sockets = keepAlive(8);
const database = new Client({ connectionString: product.databaseUrl });
await database.connect();
const table: Record<string, Record<string, number>> = {};
const note = (name: string, { rate, p50, p95, count }: Figures) => {
  table[name] = {
    '/s': Math.round(rate),
    'p50 ms': Math.round(p50),
    'p95 ms': Math.round(p95),
    count,
    'peak MiB': product.api.peakMemory(),
  };
};
try {
  for (const size of [2, 100]) {
    const ids = await fillOrders(database, size);
    let next = 0;
    const read = () => {
      next += 1;
      return send(
        sockets,
        `${product.api.url}/api/v1/payment-orders/${ids[next % orders] ?? ''}/receipt?locale=${next % 2 === 0 ? 'fr' : 'ar'}`,
        { method: 'GET' },
      );
    };
    await load(1, 1, read);
    note(`${String(size)} invoices, one at a time`, await load(1, seconds, read));
    note(`${String(size)} invoices, four at once`, await load(4, seconds, read));
  }
} finally {
  sockets.destroy();
  await database.end();
  await product.stop();
}
console.table(table);

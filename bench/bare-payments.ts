/** Payment orders and CMI's callbacks by the least that they can be: the same rows written, nothing judged, signed, validated or logged. */
import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Pool, PoolClient } from 'pg';

export function barePayments(app: FastifyInstance, pool: Pool): void {
  const inTransaction = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  };
  const history = (
    client: PoolClient,
    order: string,
    attempt: string | null,
    from: string | null,
    to: string,
  ) =>
    client.query(
      `insert into payment_history (order_id, attempt_id, from_status, to_status, cause, actor, at) values ($1, $2, $3, $4, 'ordered', 'payer', now())`,
      [order, attempt, from, to],
    );

  app.post<{ Body: { invoiceIds: string[] } }>('/payment-orders', async ({ body }) =>
    inTransaction(async (client) => {
      const { rows: found } = await client.query<{ issuer_id: string; amount_centimes: string }>(
        'select * from invoices where id = any($1)',
        [body.invoiceIds],
      );
      const { rows } = await client.query<{ id: string; number: string }>(
        `insert into payment_orders (issuer_id, issuer_name, method, channel, amount_centimes, status, locale, attempts) values ($1, 'PORTNET', 'cmi', 'card', $2, 'pending', 'fr', 1) returning id, number`,
        [found[0]?.issuer_id, found[0]?.amount_centimes],
      );
      const id = rows[0]?.id ?? '';
      await client.query(
        `insert into payment_order_lines (order_id, invoice_id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes)
         select $1, id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes from invoices where id = any($2)`,
        [id, body.invoiceIds],
      );
      const reference = `BARE-${String(rows[0]?.number)}-1`;
      const { rows: attempts } = await client.query<{ id: string }>(
        `insert into payment_attempts (order_id, reference, provider, method, channel, status, amount_centimes, expires_at)
         values ($1, $2, 'cmi', 'cmi', 'card', 'redirected', $3, now() + interval '30 minutes') returning id`,
        [id, reference, found[0]?.amount_centimes],
      );
      const attempt = attempts[0]?.id ?? '';
      await history(client, id, null, null, 'created');
      await history(client, id, attempt, null, 'created');
      await history(client, id, attempt, 'created', 'redirected');
      await history(client, id, null, 'created', 'pending');
      return { id, reference };
    }),
  );

  app.post<{ Body: { reference: string } }>('/callbacks', async ({ body }) => {
    const text = JSON.stringify(body);
    await pool.query(
      `insert into gateway_messages (provider, kind, trust, reading, content_type, body, sha256) values ('cmi', 'payment', 'verified', ($1::text)::jsonb, 'text/plain', $1::text, $2)`,
      [text, createHash('sha256').update(text).digest('hex')],
    );
    return await inTransaction(async (client) => {
      const { rows } = await client.query<{ id: string; order_id: string }>(
        'select * from payment_attempts where reference = $1 for no key update',
        [body.reference],
      );
      const attempt = rows[0]?.id ?? '';
      const order = rows[0]?.order_id ?? '';
      await client.query(
        'select * from invoices where id in (select invoice_id from payment_order_lines where order_id = $1) order by id for no key update',
        [order],
      );
      await client.query('select * from payment_orders where id = $1 for no key update', [order]);
      await client.query(
        'insert into settlements (invoice_id, order_id, attempt_id, settled_at) select invoice_id, order_id, $2, now() from payment_order_lines where order_id = $1',
        [order, attempt],
      );
      await client.query(
        `update invoices set status = 'paid', paid_at = now(), version = version + 1 where id in (select invoice_id from payment_order_lines where order_id = $1)`,
        [order],
      );
      await client.query(
        `update payment_attempts set status = 'capture_requested', changed_at = now() where id = $1`,
        [attempt],
      );
      await client.query(
        `update payment_orders set status = 'paid', paid_at = now(), closed_at = now(), receipt_number = $2, receipt_code = $2 where id = $1`,
        [order, randomUUID()],
      );
      await history(client, order, attempt, 'redirected', 'authorised');
      await history(client, order, attempt, 'authorised', 'capture_requested');
      await history(client, order, null, 'pending', 'paid');
      await client.query(
        `update gateway_messages set decision = 'take', processed_at = now() where provider = 'cmi' and kind = 'payment' and trust = 'verified' and sha256 = $1`,
        [createHash('sha256').update(text).digest('hex')],
      );
      return { answer: 'ACTION=POSTAUTH' };
    });
  });
}

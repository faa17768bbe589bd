/** The same work as the measured routes by a bare Fastify and pg: no validation, session, limits, inspection or log. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import multipart from '@fastify/multipart';
import { verify } from '@node-rs/argon2';
import type { InvoiceLine } from '@rnoce/schemas/invoices';
import fastify from 'fastify';
import pg from 'pg';
import { searchStatement } from '../apps/api/src/features/invoices/search-query.ts';
import { barePayments } from './bare-payments.ts';

const filesDir = process.env.FILES_DIR ?? '';
mkdirSync(filesDir, { recursive: true });
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const app = fastify({ bodyLimit: 4 * 1024 * 1024 });
await app.register(multipart, { limits: { fileSize: 4 * 1024 * 1024 } });

app.get('/readyz', () => ({ status: 'ready' }));

app.put<{ Params: { id: string }; Body: object }>('/sections/:id', async ({ params, body }) => {
  const { rows } = await pool.query<{ version: number }>({
    name: 'save',
    text: `update subscriptions set sections = jsonb_set(sections, '{company}', $2), version = version + 1, saved_at = now() where id = $1 returning version`,
    values: [params.id, JSON.stringify(body)],
  });
  return { version: rows[0]?.version };
});

app.post<{ Params: { id: string } }>('/submissions/:id', async ({ params }) => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ id: string; sections: object }>(
      'select * from subscriptions where id = $1 for update',
      [params.id],
    );
    const { rows: filings } = await client.query<{ id: string }>(
      'select * from filings where subscription_id = $1 for update',
      [params.id],
    );
    await client.query('select * from document_versions where subscription_id = $1 and current', [params.id]);
    await client.query(
      'update filings set submissions = submissions + 1, version = version + 1 where id = $1',
      [filings[0]?.id],
    );
    await client.query(
      `insert into filing_history (filing_id, event, from_status, to_status, actor, sections, at) values ($1, 'submitted', 'draft', 'in_review', 'operator', $2, now())`,
      [filings[0]?.id, JSON.stringify(rows[0]?.sections)],
    );
    await client.query('update subscriptions set submitted_at = now(), version = version + 1 where id = $1', [
      params.id,
    ]);
    await client.query(
      `insert into emails (event, "to", locale, template, data) values ($1, 'bench@societe.example', 'fr', 'subscription_received', '{}')`,
      [randomUUID()],
    );
    await client.query('commit');
    return { status: 'in_review' };
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
});

app.put('/files', async (request) => {
  const part = await request.file();
  const bytes = await part?.toBuffer();
  if (!bytes) throw new Error('no file');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = await open(join(filesDir, randomUUID()), 'wx');
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await pool.query('select $1::text', [sha256]);
  return { sha256 };
});

app.post<{ Body: { email: string; password: string } }>('/sessions', async ({ body }) => {
  const { rows } = await pool.query<{ id: string; password_hash: string }>(
    'select id, password_hash from accounts where email = $1',
    [body.email],
  );
  const [account] = rows;
  if (!account || !(await verify(account.password_hash, body.password))) throw new Error('refused');
  const token = randomBytes(32);
  await pool.query(
    `insert into sessions (account_id, refresh_hash, rotated_at, expires_at, ends_at) values ($1, $2, now(), now() + interval '30 minutes', now() + interval '12 hours')`,
    [account.id, createHash('sha256').update(token).digest('hex')],
  );
  return { token: token.toString('base64url') };
});

const invoiceSearch = searchStatement('dueOn');
app.get<{ Querystring: { code: string } }>('/invoices', async ({ query }) => {
  const { rows } = await pool.query<object>({
    name: 'invoices',
    text: invoiceSearch,
    values: [query.code, null, null, null, null, 1],
  });
  return rows[0];
});

app.post<{ Params: { issuer: string }; Body: { invoices: readonly InvoiceLine[] } }>(
  '/imports/:issuer',
  async ({ params, body: { invoices } }) => {
    const { rowCount } = await pool.query({
      name: 'import',
      text: `insert into invoices (issuer_id, number, client_code, client_name, client_is_person, issued_on, due_on, amount_centimes, methods)
        select $1, number, code, name, false, issued, due, amount * 100, '{amanpay,cmi}'
        from unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::numeric[]) as line(number, code, name, issued, due, amount)`,
      values: [
        params.issuer,
        invoices.map(({ number }) => number),
        invoices.map(({ clientCode }) => clientCode),
        invoices.map(({ clientName }) => clientName),
        invoices.map(({ issuedOn }) => issuedOn),
        invoices.map(({ dueOn }) => dueOn),
        invoices.map(({ amount }) => amount),
      ],
    });
    return { created: rowCount };
  },
);

barePayments(app, pool);

process.on('SIGTERM', () => {
  void app.close().then(() => pool.end());
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });

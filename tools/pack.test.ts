import { execFile } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './house/source-files.ts';
import { packPackages } from './pack.ts';

/** The compiler reads all that is packed, three times; a busy machine takes long for it. */
const LIMIT_MS = 180_000;
/** An integrator's folder with the packed files as npm would install them, and what they depend on. */
let folder: string;
const run = async (program: string, ...args: string[]) => {
  try {
    return (await promisify(execFile)(program, args, { cwd: folder, timeout: LIMIT_MS })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${stdout}${stderr}`, { cause: error });
  }
};
const installed = (name: string) => join(folder, 'node_modules', ...name.split('/'));
const link = (name: string, from: string) => {
  mkdirSync(dirname(installed(name)), { recursive: true });
  symlinkSync(realpathSync(join(from, 'node_modules', name)), installed(name), 'junction');
};

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'rnoce-packed-')));
  for (const file of await packPackages(join(folder, 'packed'))) {
    const name = `@rnoce/${basename(file).replace(/^rnoce-|-[\d.]+\.tgz$/g, '')}`;
    mkdirSync(installed(name), { recursive: true });
    await run('tar', '-xzf', file, '-C', installed(name), '--strip-components=1');
  }
  for (const name of ['zod', 'libphonenumber-js']) link(name, join(ROOT, 'packages', 'schemas'));
  link('@types/node', ROOT);
  cpSync(join(ROOT, 'packages', 'api-client', 'examples'), join(folder, 'examples'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}, LIMIT_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest = (name: string) => JSON.parse(readFileSync(join(installed(name), 'package.json'), 'utf8'));

describe('a packed package', () => {
  it.each(['@rnoce/schemas', '@rnoce/api-client'])(
    '%s holds JavaScript, its types, and no sources',
    (name) => {
      const files = globSync('**/*', { cwd: installed(name), withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name);
      expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'index.js', 'index.d.ts']));
      expect(files.filter((file) => /(?<!\.d)\.ts$|\.test\.|tsbuildinfo|tsconfig/.test(file))).toEqual([]);
    },
  );

  it('names what it needs in versions that a registry has', () => {
    const { version, dependencies } = manifest('@rnoce/schemas');
    expect(dependencies).toEqual({
      zod: expect.stringMatching(/^\^\d/),
      'libphonenumber-js': expect.stringMatching(/^\^\d/),
    });
    expect(manifest('@rnoce/api-client')).toMatchObject({ dependencies: { '@rnoce/schemas': version } });
    expect(manifest('@rnoce/api-client')).not.toHaveProperty('private');
    expect(manifest('@rnoce/api-client')).not.toHaveProperty('devDependencies');
  });
});

/** Uses a function of each part; what has the comment is a mistake that the types must see. */
const consumer = `
import { ApiError, createClient, getFilingDocument, listPayments, putInvoice, verifyWebhook, walk } from '@rnoce/api-client';
import { retryable } from './retryable.js';
import type { Event } from '@rnoce/schemas/events';

export async function use(baseUrl: string, key: string, id: string): Promise<string> {
  const client = createClient({ baseUrl, key, retry: { tries: 2 } });
  for await (const { items } of walk(client, listPayments, { query: { limit: 500 } }))
    for (const { amount, kind } of items) retryable(\`\${kind satisfies 'settled' | 'released'} \${amount satisfies string}\`);
  const event: Event = await verifyWebhook({ body: '', headers: {}, secrets: [] });
  if (event.type === 'invoice.paid') retryable(event.data.paidAt);
  const { data } = await getFilingDocument(client, { params: { id: id as never, document: 'ice' } });
  try {
    await putInvoice(client, { params: { number: 'F-1' }, body: { clientCode: '1206', clientName: 'A', issuedOn: '2026-01-01', dueOn: '2026-01-01', amount: '1.00' } });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'invoice_paid') return error.message;
  }
  return String(data satisfies Uint8Array);
}
`;
const mistakes = `
import { createClient, listPayments, putInvoice, walk } from '@rnoce/api-client';
const client = createClient({ baseUrl: '', key: '' });
void putInvoice(client, { params: { number: 'F-1' }, body: { amount: 1 } });
void walk(client, listPayments, { query: { page: 1 } });
void createClient({ baseUrl: '' });
`;

/** Where the types say that something is wrong: `file.ts:line`. */
async function typeErrors(compilerOptions: object, include: string[]): Promise<string[]> {
  const config = join(folder, 'tsconfig.json');
  const shared = { strict: true, noEmit: true, target: 'es2023' };
  writeFileSync(config, JSON.stringify({ compilerOptions: { ...shared, ...compilerOptions }, include }));
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const told = await run(process.execPath, compiler, '-p', config).catch(String);
  return [...told.matchAll(/^(?:Error: )?(\S+)\((\d+),\d+\): error/gm)].map(
    ([, file, line]) => `${file}:${line}`,
  );
}

/** What the documents' lines of TypeScript take for granted. */
const readers = `
import type { PaymentEntry } from '@rnoce/schemas/payments';
import type { InvoiceLineInput } from '@rnoce/schemas/invoices';
declare const baseUrl: string, key: string, secret: string, nextSecret: string;
declare const invoices: readonly InvoiceLineInput[];
declare const request: Request;
declare const lastCursor: () => Promise<string | undefined>;
declare const book: (items: readonly PaymentEntry[], cursor: string | null) => Promise<void>;
declare const paid: (number: string, at: string) => Promise<void>;
`;
const documented = (name: string): string => {
  const text = readFileSync(join(installed(name), 'README.md'), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code).join('');
};

describe('a program', { timeout: LIMIT_MS }, () => {
  beforeAll(() => {
    writeFileSync(join(folder, 'client-readme.ts'), `${readers}${documented('@rnoce/api-client')}`);
    writeFileSync(join(folder, 'schemas-readme.ts'), documented('@rnoce/schemas'));
    writeFileSync(join(folder, 'retryable.ts'), 'export const retryable = (text: string): string => text;');
    writeFileSync(join(folder, 'consumer.ts'), consumer);
    writeFileSync(join(folder, 'mistakes.ts'), mistakes);
  });

  it('for Node knows every type, as do the examples and the documents; a wrong one is refused', async () => {
    // The types of the packages are checked too, not only what uses them.
    const node = {
      module: 'nodenext',
      moduleResolution: 'nodenext',
      lib: ['es2023'],
      types: ['node'],
      skipLibCheck: false,
    };
    expect(await typeErrors(node, ['*.ts', 'examples'])).toEqual([
      'mistakes.ts:4',
      'mistakes.ts:5',
      'mistakes.ts:6',
    ]);
  });

  it('for a bundler too, without the types of Node', async () => {
    const bundler = {
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2023', 'dom'],
      types: [],
      skipLibCheck: true,
    };
    expect(await typeErrors(bundler, ['consumer.ts', 'mistakes.ts'])).toHaveLength(3);
  });

  it('runs: calls, tries again, walks, and takes a webhook', async () => {
    writeFileSync(join(folder, 'program.js'), program);
    expect(JSON.parse(await run(process.execPath, '--no-strip-types', 'program.js'))).toEqual({
      walked: [1, 2, 3],
      calls: [
        '/api/v1/payments',
        '/api/v1/payments',
        '/api/v1/payments?cursor=two',
        '/api/v1/payments?cursor=three',
      ],
      event: 'endpoint.test',
      refused: 'signature_wrong',
      code: 'key_refused',
    });
  });
});

/** Plain JavaScript, as an integrator's: the API is a server of its own that fails once. */
const program = `
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { createClient, listInvoices, listPayments, verifyWebhook, walk } from '@rnoce/api-client';

const feed = { '': [[1, 2], 'two'], two: [[3], 'three'], three: [[], 'three'] };
const calls = [];
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const json = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (!pathname.endsWith('/payments'))
    return json(401, { type: '', title: '', status: 401, detail: '', code: 'key_refused', requestId: 'r' });
  calls.push(request.url);
  if (calls.length === 1) return response.destroy();
  const [items, nextCursor] = feed[searchParams.get('cursor') ?? ''];
  json(200, { items, nextCursor });
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const client = createClient({ baseUrl: \`http://127.0.0.1:\${server.address().port}/api/v1\`, key: 'k', retry: { firstWaitMs: 1 } });
const walked = [];
for await (const { items } of walk(client, listPayments, {})) walked.push(...items);
const code = await listInvoices(client, {}).catch((error) => error.code);
server.close();

const secret = Buffer.alloc(32, 1);
const body = JSON.stringify({ type: 'endpoint.test', timestamp: new Date().toISOString(), data: { message: 'é' } });
const at = String(Math.floor(Date.now() / 1000));
const signature = createHmac('sha256', secret).update(\`id-1.\${at}.\${body}\`).digest('base64');
const headers = { 'webhook-id': 'id-1', 'webhook-timestamp': at, 'webhook-signature': \`v1,\${signature}\` };
const secrets = \`whsec_\${secret.toString('base64')}\`;
const { type: event } = await verifyWebhook({ body, headers, secrets });
const refused = await verifyWebhook({ body: \`\${body} \`, headers, secrets }).catch((error) => error.fault);
console.log(JSON.stringify({ walked, calls, event, refused, code }));
`;

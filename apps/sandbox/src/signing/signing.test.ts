import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../app.ts';
import { signingWays } from './sign-as.ts';
import { openSigningAuthority } from './signing-authority.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'rnoce-signing-'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ dataDir, badrKey: 'test-key' });
  await sandbox.app.ready();
});
afterAll(async () => {
  await sandbox.app.close();
  rmSync(dataDir, { recursive: true });
});

/** As bare as a file can be that has a page. */
const pdf = (() => {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 595 842] >>',
    '<< /Length 0 >>\nstream\n\nendstream',
  ];
  let text = '%PDF-1.7\n';
  let table = '0000000000 65535 f \n';
  for (const [index, body] of objects.entries()) {
    table += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${String(index + 1)} 0 obj\n${body}\nendobj\n`;
  }
  const start = text.length;
  return Buffer.from(
    `${text}xref\n0 5\n${table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`,
  );
})();

const sign = (as: string, payload: Buffer = pdf) =>
  sandbox.app.inject({
    method: 'POST',
    url: '/api/signing/sign',
    query: { as },
    headers: { 'content-type': 'application/pdf' },
    payload,
  });

test('the authority is made once, and its root is the one that is told and kept', async () => {
  const { root, rootFile } = openSigningAuthority(dataDir);
  const told = await sandbox.app.inject({ url: '/api/signing/root.pem' });
  expect(told.body).toBe(root.certificate);
  expect(readFileSync(rootFile, 'utf8')).toBe(root.certificate);
  const { signer, stranger } = openSigningAuthority(dataDir);
  const trusted = new X509Certificate(root.certificate);
  expect(trusted.ca).toBe(true);
  expect(new X509Certificate(signer.certificate).verify(trusted.publicKey)).toBe(true);
  expect(new X509Certificate(stranger.certificate).verify(trusted.publicKey)).toBe(false);
});

test.each(Object.keys(signingWays))('%s: the contract comes back with a signature', async (way) => {
  const answer = await sign(way);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('application/pdf');
  expect(answer.rawPayload.subarray(0, pdf.length)).toEqual(pdf);
  expect(answer.rawPayload.toString('latin1').match(/\/ByteRange \[0 \d+ \d+ \d+\]/g)).toHaveLength(
    way === 'two_signers' ? 2 : 1,
  );
});

test('another file than a contract, or an unknown way, is refused in words', async () => {
  const other = await sign('trusted', Buffer.from('bonjour'));
  expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([422, 'UNSIGNABLE']);
  expect((await sign('nobody')).statusCode).toBe(400);
});

test('the page takes a file from its form, and is marked as what it is', async () => {
  const page = await sandbox.app.inject({ url: '/signing' });
  expect(page.body).toContain('BAC À SABLE');
  const form = new FormData();
  form.append('contract', new File([new Uint8Array(pdf)], 'contrat.pdf', { type: 'application/pdf' }));
  form.append('as', 'expired');
  const encoded = new Response(form);
  const answer = await sandbox.app.inject({
    method: 'POST',
    url: '/signing',
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-disposition']).toContain('contrat-signe-expired.pdf');
});

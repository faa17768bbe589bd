import { connect } from 'node:net';
import { Problem } from '@rnoce/schemas';
import { beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../app.ts';

let test: TestApp;
let port: number;
beforeAll(async () => {
  test = await testApp();
  const url = await test.app.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(url).port);
});

/** Sends bytes as they stand, and reads until the server hangs up. */
const send = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answered = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (answered += text));
    socket.on('close', () => resolve(answered));
    socket.on('error', reject);
  });
const hosted = 'Host: portail\r\nConnection: close\r\n';
const post = (headers: string, body: string): string =>
  `POST /api/v1/sessions HTTP/1.1\r\n${hosted}Content-Type: application/json\r\n${headers}\r\n\r\n${body}`;
const get = (headers: string): string => `GET /api/v1/config HTTP/1.1\r\n${hosted}${headers}\r\n\r\n`;

it.each([
  ['two ways to end', post('Content-Length: 2\r\nTransfer-Encoding: chunked', '0\r\n\r\n')],
  ['two lengths', post('Content-Length: 2\r\nContent-Length: 3', '{} ')],
  ['a length below nothing', post('Content-Length: -1', '{}')],
  ['a length that is no number', post('Content-Length: abc', '{}')],
  ['a length beyond numbers', post(`Content-Length: ${'9'.repeat(26)}`, '{}')],
  ['a space before the colon', post('Content-Length : 2', '{}')],
  ['a chunk that has no size', post('Transfer-Encoding: chunked', 'zz\r\n{}\r\n0\r\n\r\n')],
  ['an encoding of its own', post('Transfer-Encoding: gzip', '{}')],
  ['a NUL in a header', get('X-Test: a\0b')],
  ['a header without end', get(`X-Test: ${'a'.repeat(20_000)}`)],
  [
    'headers without end',
    get(Array.from({ length: 3000 }, (_, index) => `X${String(index)}: 1`).join('\r\n')),
  ],
  ['a method of its own', `GRRR /api/v1/config HTTP/1.1\r\n${hosted}\r\n`],
  ['a version to come', `GET /api/v1/config HTTP/9.9\r\n${hosted}\r\n`],
  ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['bytes in the address', `GET /api/v1/\u00e9 HTTP/1.1\r\n${hosted}\r\n`],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
])('%s is a problem like any other', async (_, bytes) => {
  const [head = '', body = ''] = (await send(bytes)).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(head).toContain('content-type: application/problem+json');
  const problem = Problem.parse(JSON.parse(body));
  expect(problem).toMatchObject({ status: 400, code: 'malformed' });
  expect(head).toContain(`x-request-id: ${problem.requestId}`);
  // Browsers are told not to trust it, as any other answer.
  expect(head).toContain("\r\ncontent-security-policy: default-src 'none';");
  expect(head).toContain('\r\nx-content-type-options: nosniff\r\n');
  expect(body).not.toMatch(/HPE_|node_modules|Error/);
});

it.each([
  ['a body announced larger than any', post('Content-Length: 99999999999', '{}'), '413'],
  ['a method that no route has', `TRACE /api/v1/config HTTP/1.1\r\n${hosted}\r\n`, '404'],
  ['a whole address', `GET http://ailleurs.example/api/v1/account HTTP/1.1\r\n${hosted}\r\n`, '401'],
  [
    'two keys',
    `GET /api/v1/payments HTTP/1.1\r\n${hosted}Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n`,
    '401',
  ],
])('%s is answered as such', async (_, bytes, status) => {
  const [head = ''] = (await send(bytes)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(head).toContain('x-request-id: ');
});

it('what comes behind a request of a shorter length is never taken for the end of it', async () => {
  const smuggled = `GET /api/v1/account HTTP/1.1\r\n${hosted}\r\n`;
  const first =
    'POST /api/v1/sessions HTTP/1.1\r\nHost: portail\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
  const statuses = [...(await send(first + smuggled)).matchAll(/HTTP\/1\.1 (\d{3})/g)].map(
    ([, status]) => status,
  );
  expect(statuses).toEqual(['422', '401']);
});

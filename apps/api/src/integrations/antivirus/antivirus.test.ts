import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { createAntivirus } from './antivirus.ts';
import { EICAR, type FakeClamd, type FakeClamdOptions, startFakeClamd } from './fake-clamd.ts';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function start(options?: FakeClamdOptions): Promise<FakeClamd> {
  const clamd = await startFakeClamd(options);
  cleanups.push(() => clamd.close());
  return clamd;
}

const FILE = Buffer.alloc(300_000, 'scan');

async function socketPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clamd-'));
  cleanups.push(() => rm(folder, { recursive: true }));
  return join(folder, 'clamd.ctl');
}

describe.each<readonly [string, () => Promise<FakeClamd>]>([
  ['TCP', () => start()],
  ['a Unix socket', async () => start({ path: await socketPath() })],
])('the antivirus over %s', (_, open) => {
  test('calls a clean file clean, having sent all of it', async () => {
    const clamd = await open();
    expect(await createAntivirus(clamd.url).scan(FILE)).toEqual({ status: 'clean' });
    expect(clamd.received.map((file) => file.equals(FILE))).toEqual([true]);
  });

  test('names what it found', async () => {
    const clamd = await open();
    const result = await createAntivirus(clamd.url).scan(Buffer.from(`%PDF-1.4 ${EICAR}`));
    expect(result).toEqual({ status: 'infected', signature: 'Eicar-Signature' });
  });

  test('scans a stream', async () => {
    const clamd = await open();
    const antivirus = createAntivirus(clamd.url);
    const parts = [FILE, Buffer.alloc(0), Buffer.from(EICAR)];
    expect(await antivirus.scan(Readable.from(parts))).toMatchObject({ status: 'infected' });
    expect(clamd.received[0]?.equals(Buffer.concat(parts))).toBe(true);
  });

  test('scans many files at a time', async () => {
    const antivirus = createAntivirus((await open()).url);
    const files = Array.from({ length: 20 }, (__, index) =>
      Buffer.from(index % 3 === 0 ? EICAR : `clean ${index}`),
    );
    const results = await Promise.all(files.map((file) => antivirus.scan(file)));
    expect(results.map(({ status }) => status)).toEqual(
      files.map((__, index) => (index % 3 === 0 ? 'infected' : 'clean')),
    );
  });

  test('says whether it is there', async () => {
    const clamd = await open();
    expect(await createAntivirus(clamd.url).healthy()).toBe(true);
  });
});

describe('the antivirus never calls clean', () => {
  const scan = async (options: FakeClamdOptions, source: Uint8Array | Readable = FILE) => {
    const clamd = await start(options);
    return createAntivirus(clamd.url, { timeoutMs: 400 }).scan(source);
  };

  test('a file when clamd is away', async () => {
    const clamd = await startFakeClamd();
    await clamd.close();
    const antivirus = createAntivirus(clamd.url);
    expect(await antivirus.scan(FILE)).toEqual({ status: 'unavailable', reason: 'connection' });
    expect(await antivirus.healthy()).toBe(false);
  });

  test('a file when there is no such socket', async () => {
    const antivirus = createAntivirus(`unix://${await socketPath()}`);
    expect(await antivirus.scan(FILE)).toEqual({ status: 'unavailable', reason: 'connection' });
  });

  test('a file over clamd’s limit', async () => {
    const result = await scan({ maxLength: 100_000 });
    expect(result).toMatchObject({
      status: 'unavailable',
      reason: expect.stringMatching(/size_limit|connection/),
    });
  });

  test('a file over clamd’s limit by its last byte', async () => {
    expect(await scan({ maxLength: 9 }, Buffer.alloc(10))).toEqual({
      status: 'unavailable',
      reason: 'size_limit',
    });
  });

  test('a file on which clamd says nothing', async () => {
    expect(await scan({ reply: () => undefined })).toEqual({ status: 'unavailable', reason: 'timeout' });
  });

  test('a file which clamd does not read', async () => {
    const result = await scan({ onConnection: (socket) => socket.pause() }, Buffer.alloc(20_000_000));
    expect(result).toEqual({ status: 'unavailable', reason: 'timeout' });
  });

  test('a file on which clamd hangs up', async () => {
    expect(await scan({ reply: () => null })).toEqual({ status: 'unavailable', reason: 'connection' });
    const atOnce = await scan({ onConnection: (socket) => socket.destroy() });
    expect(atOnce).toEqual({ status: 'unavailable', reason: 'connection' });
  });

  test('a file called so before its end', async () => {
    const endless = new Readable({ read: () => undefined });
    endless.push('part');
    const result = await scan({ onConnection: (socket) => socket.write('stream: OK\0') }, endless);
    expect(result).toEqual({ status: 'unavailable', reason: 'protocol' });
  });

  test('a file which stops coming, or breaks', async () => {
    expect(await scan({}, new Readable({ read: () => undefined }))).toEqual({
      status: 'unavailable',
      reason: 'timeout',
    });
    const broken = new Readable({ read: () => undefined });
    broken.destroy(new Error('disk'));
    broken.on('error', () => undefined);
    expect(await scan({}, broken)).toEqual({ status: 'unavailable', reason: 'source' });
  });

  test.each([
    ['an error', 'stream: Can’t allocate memory ERROR\0', 'refused'],
    ['an unknown command', 'UNKNOWN COMMAND\0', 'protocol'],
    ['a cut answer', 'stream: OK', 'connection'],
    ['two answers', 'stream: OK\0stream: OK\0', 'protocol'],
    ['another file’s answer', '/tmp/other: OK\0', 'protocol'],
    ['an OK elsewhere', 'stream: NOT OK\0', 'protocol'],
    ['an endless answer', 'x'.repeat(10_000), 'protocol'],
    ['nothing', '\0', 'protocol'],
    ['another server', 'HTTP/1.1 400 Bad Request\r\n\r\nstream: OK\0', 'protocol'],
  ])('a file on %s', async (_, reply, reason) => {
    expect(await scan({ reply: () => Buffer.from(reply) })).toEqual({ status: 'unavailable', reason });
  });

  test('a file on any other answer', async () => {
    const answers: Buffer[] = [];
    const clamd = await start({ reply: () => answers.at(-1) });
    const antivirus = createAntivirus(clamd.url);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string().map((text) => `stream: ${text}\0`),
          fc.string().map((text) => `${text}OK\0`),
          fc.string(),
        ),
        async (text) => {
          fc.pre(text !== 'stream: OK\0');
          answers.push(Buffer.from(text));
          expect((await antivirus.scan(Buffer.from('x'))).status).not.toBe('clean');
        },
      ),
    );
  });
});

describe('createAntivirus', () => {
  test.each([undefined, ''])('scans nothing without a URL, and says so', async (url) => {
    const antivirus = createAntivirus(url);
    expect(antivirus.enabled).toBe(false);
    expect(await antivirus.scan(Buffer.from(EICAR))).toEqual({ status: 'disabled' });
    expect(await antivirus.healthy()).toBe(true);
  });

  test.each(['http://host:3310', 'tcp://host', 'unix://', 'unix://host/path', 'clamd'])(
    'refuses %s',
    (url) => {
      expect(() => createAntivirus(url)).toThrow(/clamd is named|Invalid URL/);
    },
  );
});

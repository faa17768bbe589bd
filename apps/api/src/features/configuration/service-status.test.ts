import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createServiceStatus, probeSmtp } from './service-status.ts';

const never = () => new Promise<boolean>(() => {});

describe('the states of the outside services', () => {
  it('are asked once for all who read within 30 s', async () => {
    let now = 1_000_000;
    let asked = 0;
    const { read } = createServiceStatus(
      {
        customs: async () => {
          asked += 1;
          return asked === 1;
        },
      },
      () => new Date(now),
    );
    const [first, second] = await Promise.all([read(), read()]);
    expect(first).toEqual({
      services: [{ service: 'customs', state: 'up' }],
      checkedAt: new Date(now).toISOString(),
    });
    expect(second).toBe(first);
    now += 29_000;
    expect(await read()).toBe(first);
    expect(asked).toBe(1);
    now += 2000;
    expect((await read()).services).toEqual([{ service: 'customs', state: 'down' }]);
  });

  it('are down when a probe throws or never answers', async () => {
    const { read } = createServiceStatus(
      { mail: () => Promise.reject(new Error('no')), storage: never },
      () => new Date(),
    );
    expect((await read()).services).toEqual([
      { service: 'mail', state: 'down' },
      { service: 'storage', state: 'down' },
    ]);
  });

  it('are unknown to a page that can’t wait', async () => {
    const { readWithin } = createServiceStatus({ customs: never }, () => new Date());
    expect(await readWithin(1)).toEqual({
      services: [{ service: 'customs', state: 'unknown' }],
      checkedAt: null,
    });
  });
});

describe('the mail server', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());
  const listen = async (greeting: string | undefined) => {
    server = createServer((socket) => {
      if (greeting !== undefined) socket.end(greeting);
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', resolve);
    await promise;
    return `smtp://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  };

  it.each([
    ['220 mail.example ESMTP\r\n', true],
    ['554 no service\r\n', false],
    ['', false],
  ])('that greets by %j is up: %s', async (greeting, up) => {
    expect(await probeSmtp(await listen(greeting))).toBe(up);
  });

  it('that nobody runs is down', async () => {
    expect(await probeSmtp('smtp://127.0.0.1:1')).toBe(false);
  });
});

import { createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../../testing/webhooks.ts';
import { AddressRefused, isPublicAddress, publicLookup, type ResolveHost } from './webhook-addresses.ts';
import { createWebhookCaller, type WebhookCallerOptions } from './webhook-caller.ts';

let receiver: Receiver;
let silent: { port: number; connections: () => number };
const servers: Server[] = [];
beforeAll(async () => {
  receiver = await startReceiver();
  let connections = 0;
  const server = createServer(() => {
    connections += 1;
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  silent = { port: address.port, connections: () => connections };
});
afterAll(() => {
  for (const server of servers) server.close();
});

const never = new AbortController().signal;
async function post(url: string, options: Partial<WebhookCallerOptions> = {}) {
  const caller = createWebhookCaller({ timeoutMs: 10_000, localAddresses: true, ...options });
  try {
    return await caller.call({ url, headers: { 'webhook-id': 'x' }, body: '{}' }, never);
  } finally {
    await caller.close();
  }
}
const soon = { timeoutMs: 200 };
const publicly = (resolve: ResolveHost) => ({ localAddresses: false, resolve });
const v4 = (address: string) => [{ address, family: 4 }];

describe('an address', () => {
  it.each(['8.8.8.8', '196.200.131.4', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '192.0.0.8',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:0:10.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  it('of IPv4 inside IPv6 is judged as what it is', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
      }),
    );
  });
});

describe('a call', () => {
  it('brings the beginning of the answer, as text that can be kept', async () => {
    receiver.answer(() => ({ status: 202, body: `é\0${'x'.repeat(100_000)}` }));
    const { answer, ...rest } = await post(receiver.url);
    expect(rest).toEqual({ status: 202, error: null, retryAfter: undefined });
    expect(answer).toBe(`é\ufffd${'x'.repeat(998)}`);
    expect(receiver.received.at(-1)).toMatchObject({
      headers: { 'content-type': 'application/json', 'webhook-id': 'x' },
      body: '{}',
    });
  });

  it('follows no redirect', async () => {
    const before = receiver.received.length;
    receiver.answer(() => ({ status: 302, headers: { location: `${receiver.url}/elsewhere` } }));
    expect(await post(receiver.url)).toMatchObject({ status: 302, error: 'redirect' });
    expect(receiver.received).toHaveLength(before + 1);
  });

  it('says why there was no answer', async () => {
    expect(await post('http://127.0.0.1:1/')).toMatchObject({ status: null, error: 'connection' });
    expect(await post(`http://127.0.0.1:${String(silent.port)}`, soon)).toMatchObject({ error: 'timeout' });
    expect(await post(receiver.url.replace('http:', 'https:'))).toMatchObject({ error: 'tls' });
  });

  it('that is stopped tells nothing', async () => {
    const caller = createWebhookCaller({ timeoutMs: 60_000, localAddresses: true });
    const stop = new AbortController();
    receiver.answer(() => {
      stop.abort();
      return undefined;
    });
    await expect(caller.call({ url: receiver.url, headers: {}, body: '' }, stop.signal)).rejects.toThrow(
      'aborted',
    );
    await caller.close();
  });
});

describe('where only public addresses are let in', () => {
  const refused = { status: null, error: 'address_refused' };
  const host = 'https://receiver.example';

  it.each([
    'http://93.184.216.34/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
  ])('%s is not called', async (url) => {
    const asked: string[] = [];
    const resolve: ResolveHost = (name, done) => {
      asked.push(name);
      done(null, v4('127.0.0.1'));
    };
    expect(await post(url, publicly(resolve))).toMatchObject(refused);
    expect(asked).toEqual([]);
  });

  it('a name that leads to a private address is not', async () => {
    const before = silent.connections();
    const url = `${host}:${String(silent.port)}`;
    expect(
      await post(
        url,
        publicly((_, done) => done(null, v4('127.0.0.1'))),
      ),
    ).toMatchObject(refused);
    const mapped: ResolveHost = (_, done) => done(null, [{ address: '::ffff:127.0.0.1', family: 6 }]);
    expect(await post(url, publicly(mapped))).toMatchObject(refused);
    expect(silent.connections()).toBe(before);
  });

  it('a name that changes is judged anew for each connection, which goes where was judged', async () => {
    const answers = [v4('93.184.216.34'), v4('127.0.0.1'), [...v4('10.0.0.1'), ...v4('93.184.216.34')]];
    const lookup = publicLookup((_, done) => done(null, answers.shift() ?? []));
    const connect = () =>
      new Promise((resolve) => {
        lookup('receiver.example', { all: true }, (error, found) => resolve(error ?? found));
      });
    expect(await connect()).toEqual(v4('93.184.216.34'));
    expect(await connect()).toBeInstanceOf(AddressRefused);
    expect(await connect()).toEqual(v4('93.184.216.34'));
    expect(await connect()).toBeInstanceOf(AddressRefused);
  });

  it('a name is asked about at each connection: checked once, it may lead elsewhere since', async () => {
    const before = silent.connections();
    let asked = 0;
    const rebinding: ResolveHost = (_, done) => {
      asked += 1;
      done(null, v4('127.0.0.1'));
    };
    const caller = createWebhookCaller({ timeoutMs: 10_000, ...publicly(rebinding) });
    for (const call of [1, 2, 3]) {
      const url = `${host}:${String(silent.port)}`;
      expect(await caller.call({ url, headers: {}, body: '' }, never)).toMatchObject(refused);
      expect(asked).toBe(call);
    }
    await caller.close();
    expect(silent.connections()).toBe(before);
  });

  it('a name that is unknown, or a resolver that hangs, is a failure like another', async () => {
    const unknown: ResolveHost = (_, done) =>
      done(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
    expect(await post(host, publicly(unknown))).toMatchObject({ error: 'connection' });
    const hangs: ResolveHost = () => undefined;
    expect(await post(host, { ...publicly(hangs), ...soon })).toMatchObject({ error: 'timeout' });
  });
});

import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ResolveHost, resolveHostBy } from './webhook-addresses.ts';

const socket = createSocket('udp4');
/** Names that the server heard of and never answers. */
const unanswered = new Set<string>();
/** Held back until so many of them were heard of. */
const silentNames = 20;
let resolve: ResolveHost;

/** The name and the type of a question (RFC 1035, 4.1.2). */
function questionOf(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

const records: Record<string, Record<number, number[]>> = {
  'both.example': {
    1: [93, 184, 216, 34],
    28: [0x26, 0x06, 0x47, 0, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0x11],
  },
  'one.example': { 1: [93, 184, 216, 34] },
};

function answerTo(message: Buffer): Buffer | undefined {
  const { name, type, end } = questionOf(message);
  if (name.startsWith('silent')) {
    unanswered.add(name);
    return undefined;
  }
  const data = records[name]?.[type];
  const head = Buffer.alloc(12);
  message.copy(head, 0, 0, 2);
  // An answer; of a name that isn't there, NXDOMAIN.
  head.writeUInt16BE(records[name] ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data ? 1 : 0, 6);
  const record = data
    ? Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length, ...data])
    : Buffer.alloc(0);
  return Buffer.concat([head, message.subarray(12, end), record]);
}

beforeAll(async () => {
  const heldBack: (() => void)[] = [];
  socket.on('message', (message, { port, address }) => {
    const answer = answerTo(message);
    if (answer) heldBack.push(() => socket.send(answer, port, address));
    if (unanswered.size >= silentNames) for (const send of heldBack.splice(0)) send();
  });
  await new Promise<void>((listening) => socket.bind(0, '127.0.0.1', listening));
  resolve = resolveHostBy([`127.0.0.1:${String(socket.address().port)}`]);
});
afterAll(() => {
  socket.close();
});

const found = (host: string) =>
  new Promise((told) => {
    resolve(host, (error, addresses) => told(error ? { error } : addresses));
  });

it('names whose servers are silent hold up no other, however many they are', async () => {
  for (let number = 0; number < silentNames; number += 1)
    resolve(`silent${String(number)}.example`, () => undefined);
  expect(await found('both.example')).toEqual([
    { address: '93.184.216.34', family: 4 },
    { address: '2606:4700:4700::1111', family: 6 },
  ]);
  expect(await found('one.example')).toEqual([{ address: '93.184.216.34', family: 4 }]);
  expect(await found('nowhere.example')).toMatchObject({ error: { code: 'ENOTFOUND' } });
});

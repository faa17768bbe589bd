import { expect, it } from 'vitest';
import { createUploadMemory, type LentMemory } from './upload-memory.ts';

/** An upload that lasts until it is told how to end. */
function uploading(withMemory: ReturnType<typeof createUploadMemory>) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const lent = Promise.withResolvers<LentMemory>();
  const done = withMemory((memory) => {
    lent.resolve(memory);
    return promise;
  }).catch(() => undefined);
  const end = async () => {
    resolve();
    await done;
  };
  const fail = async () => {
    reject(new Error('refused'));
    await done;
  };
  return { memory: lent.promise, end, fail };
}

it('lends each upload memory of its own, of the size told, which threads share', async () => {
  const withMemory = createUploadMemory(100);
  const one = await uploading(withMemory).memory;
  const other = await uploading(withMemory).memory;
  expect([one.bytes.length, other.bytes.length]).toEqual([100, 100]);
  expect(one.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(one.bytes.buffer).not.toBe(other.bytes.buffer);
});

it.each(['end', 'fail'] as const)('lends it again after the %s of an upload', async (ending) => {
  const withMemory = createUploadMemory(100);
  const first = uploading(withMemory);
  const { bytes } = await first.memory;
  await first[ending]();
  const next = await uploading(withMemory).memory;
  expect(next.bytes.buffer).toBe(bytes.buffer);
});

it.each(['end', 'fail'] as const)('never lends again what was given up before the %s', async (ending) => {
  const withMemory = createUploadMemory(100);
  const first = uploading(withMemory);
  const memory = await first.memory;
  memory.giveUp();
  await first[ending]();
  const next = await uploading(withMemory).memory;
  expect(next.bytes.buffer).not.toBe(memory.bytes.buffer);
});

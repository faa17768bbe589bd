import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { dropLoadingGarbage } from './loading-garbage.ts';

it('collects what nothing holds any more', async () => {
  const dropped = new WeakRef(new ArrayBuffer(1000));
  // What a WeakRef was made of lives until the end of the turn.
  await setImmediate();
  dropLoadingGarbage();
  expect(dropped.deref()).toBeUndefined();
});

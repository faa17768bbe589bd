import { expect, test } from 'vitest';
import { testApp } from '../testing/app.ts';
import { createSharedCounters } from './shared-counters.ts';

const { deps } = await testApp();

test('those who come at once after a silence hear the others by one exchange, and each by one that begins after it came', async () => {
  let asked = 0;
  const database = new Proxy(deps.database, {
    get: (target, name) => {
      if (name === 'execute') asked += 1;
      return Reflect.get(target, name, target) as unknown;
    },
  });
  const create = (counted: typeof database) =>
    createSharedCounters({
      database: counted,
      now: deps.now,
      nameInTable: (key) => `silence ${key}`,
      onError: (error) => {
        throw error;
      },
    });
  const other = create(deps.database);
  const windows = Array.from({ length: 40 }, (_, index) => ({ key: String(index), seconds: 60 }));
  for (const window of windows) other.add(window, 7);
  await other.sync();

  const counters = create(database);
  await Promise.all(windows.map((window) => counters.refresh([window])));
  expect(windows.map((window) => counters.add(window, 1).count)).toEqual(windows.map(() => 8));
  expect(asked).toBeLessThanOrEqual(2);
  await counters.close();
  await other.close();
});

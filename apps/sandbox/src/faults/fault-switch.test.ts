import { expect, it } from 'vitest';
import { FaultSwitch } from './fault-switch.ts';

const normal = 'normal';

it('is normal until told otherwise, and again once cleared', () => {
  const faults = new FaultSwitch(normal);
  expect(faults.take('a')).toBe(normal);
  faults.set({ fault: 'down' });
  expect([faults.take('a'), faults.take(undefined), faults.everyone]).toEqual(['down', 'down', 'down']);
  faults.clear();
  expect(faults.take('a')).toBe(normal);
});

it('counts the calls of a rule, for everyone or for one target', () => {
  const faults = new FaultSwitch(normal);
  faults.set({ fault: 'down', callsLeft: 2 });
  faults.set({ fault: 'slow', target: 'a', callsLeft: 1 });
  expect([faults.take('a'), faults.take('a'), faults.take('b'), faults.take('b')]).toEqual([
    'slow',
    'down',
    'down',
    normal,
  ]);
  expect(faults.rules()).toEqual([]);
});

it('disturbs a target alone', () => {
  const faults = new FaultSwitch(normal);
  faults.set({ fault: 'down', target: 'a' });
  expect([faults.take('b'), faults.take('a'), faults.everyone]).toEqual([normal, 'down', normal]);
  faults.clear('a');
  expect(faults.take('a')).toBe(normal);
});

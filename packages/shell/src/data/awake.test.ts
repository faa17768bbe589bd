import { environmentManager, focusManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awakeFor, watchAwake } from './awake.ts';

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  sign(name: string, visibilityState: DocumentVisibilityState = this.visibilityState): void {
    this.visibilityState = visibilityState;
    this.dispatchEvent(new Event(name));
  }
}

let page: Page;
beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a page is left alone some minutes after the last sign of life, or hidden', () => {
  const told: boolean[] = [];
  const stop = watchAwake((awake) => told.push(awake), page);
  vi.advanceTimersByTime(awakeFor - 1);
  page.sign('keydown');
  vi.advanceTimersByTime(awakeFor - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([false]);
  page.sign('wheel');
  page.sign('pointerdown');
  expect(told).toEqual([false, true]);
  page.sign('visibilitychange', 'hidden');
  page.sign('visibilitychange', 'visible');
  expect(told).toEqual([false, true, false, true]);
  stop();
  vi.advanceTimersByTime(2 * awakeFor);
  expect(told).toHaveLength(4);
});

test('what the screens ask again and again stops while nobody is there, and is asked at once when somebody is back', async () => {
  environmentManager.setIsServer(() => false);
  focusManager.setEventListener((tell) => watchAwake(tell, page));
  const client = new QueryClient();
  client.mount();
  let asked = 0;
  const queryFn = () => (asked += 1);
  const observer = new QueryObserver(client, {
    queryKey: ['queue'],
    queryFn,
    refetchInterval: 30_000,
    refetchOnWindowFocus: 'always',
  });
  const forget = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(awakeFor);
  const before = asked;
  expect(before).toBeGreaterThan(5);
  await vi.advanceTimersByTimeAsync(10 * awakeFor);
  expect(asked).toBe(before);
  page.sign('pointerdown');
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(before + 1);
  forget();
  client.unmount();
});

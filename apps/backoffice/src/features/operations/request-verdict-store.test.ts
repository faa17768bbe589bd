import { expect, test } from 'vitest';
import { accept, itemsOf, nothingSaid, refuse } from './request-verdict.ts';
import { createRequestVerdictStore } from './request-verdict-store.ts';

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    kept,
  };
}
const items = itemsOf({ documents: [], changes: [] });

test('a verdict comes back after a reload, and leaves nothing once it was sent', () => {
  const storage = memory();
  const store = createRequestVerdictStore(storage, 'one');
  store.change((before) => accept(before, ['documents.minutes'], items));
  store.change((before) => refuse(before, undefined, 'incomplete', 'Il manque une page'));
  const again = createRequestVerdictStore(storage, 'one');
  expect(again.verdict()).toEqual(store.verdict());
  expect(again.verdict().reasons).toHaveLength(1);
  expect(createRequestVerdictStore(storage, 'another').verdict()).toEqual(nothingSaid);
  again.drop();
  expect(storage.kept.size).toBe(0);
});

test('who watches is told of each word, and no more once they stopped', () => {
  const store = createRequestVerdictStore(memory(), 'one');
  const heard: number[] = [];
  const stop = store.watch(() => heard.push(store.verdict().reasons.length));
  store.change((before) => refuse(before, undefined, 'incomplete', 'a'));
  stop();
  store.drop();
  expect(heard).toEqual([1]);
});

test('a storage that is forbidden, full or not ours loses nothing on the page', () => {
  const closed = () => {
    throw new Error('forbidden');
  };
  const store = createRequestVerdictStore({ getItem: closed, setItem: closed, removeItem: closed }, 'one');
  store.change((before) => refuse(before, undefined, 'incomplete', 'a'));
  expect(store.verdict().reasons).toHaveLength(1);
  const strange = memory();
  for (const kept of ['{', '3', '[]', '{"accepted":{"a":1,"b":"x"},"reasons":[{"cause":"none"}]}']) {
    strange.setItem('one', kept);
    expect(createRequestVerdictStore(strange, 'one').verdict().reasons).toEqual([]);
  }
  expect(createRequestVerdictStore(strange, 'one').verdict().accepted).toEqual({ b: 'x' });
});

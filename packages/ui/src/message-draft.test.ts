import { expect, test } from 'vitest';
import { messageDraft } from './message-draft.ts';

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const day = 24 * 3600 * 1000;

test('what was written is there after a reload, and gone once sent', () => {
  const store = memory();
  messageDraft(
    'a',
    () => store,
    () => 0,
  ).keep('Bonjour,\nle document est prêt.');
  const reloaded = messageDraft(
    'a',
    () => store,
    () => 6 * day,
  );
  expect(reloaded.read()).toBe('Bonjour,\nle document est prêt.');
  expect(
    messageDraft(
      'b',
      () => store,
      () => 0,
    ).read(),
  ).toBe('');
  reloaded.keep('');
  expect(store.kept.size).toBe(0);
});

test('what nobody came back for in a week is forgotten', () => {
  const store = memory();
  messageDraft(
    'a',
    () => store,
    () => 0,
  ).keep('Bonjour');
  expect(
    messageDraft(
      'a',
      () => store,
      () => 8 * day,
    ).read(),
  ).toBe('');
  expect(store.kept.size).toBe(0);
});

test('a forbidden storage, or something else in its place, is an empty draft', () => {
  const forbidden = messageDraft(
    'a',
    () => {
      throw new Error('forbidden');
    },
    () => 0,
  );
  forbidden.keep('Bonjour');
  expect(forbidden.read()).toBe('');
  const store = memory();
  for (const text of ['{', '3', '{"text":3,"at":0}', 'null']) {
    store.kept.set('a', text);
    expect(
      messageDraft(
        'a',
        () => store,
        () => 0,
      ).read(),
    ).toBe('');
  }
});

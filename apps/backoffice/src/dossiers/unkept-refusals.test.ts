import { expect, test } from 'vitest';
import { createUnkeptRefusals as create } from './unkept-refusals.ts';

const createUnkeptRefusals = (storage: Parameters<typeof create>[0], key: string) =>
  create(storage, key, (item) => item.startsWith('company.'));

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    kept,
  };
}
const about = { item: 'company.legalName', cause: 'mismatch', text: 'Le nom du modèle J' } as const;
const whole = { item: undefined, cause: undefined, text: 'Voir la note' } as const;

test('what is written about an item is kept in the place of what was, and comes back after a reload', () => {
  const storage = memory();
  const refusals = createUnkeptRefusals(storage, 'one');
  refusals.write({ ...about, text: 'Le' });
  refusals.write(about);
  refusals.write(whole);
  expect(refusals.list()).toEqual([about, whole]);
  expect(createUnkeptRefusals(storage, 'one').list()).toEqual([about, whole]);
  expect(createUnkeptRefusals(storage, 'another').list()).toEqual([]);
});

test('what was kept, given up or emptied leaves nothing behind', () => {
  const storage = memory();
  const refusals = createUnkeptRefusals(storage, 'one');
  refusals.write(about);
  refusals.write(whole);
  refusals.drop(about.item);
  expect(refusals.list()).toEqual([whole]);
  refusals.write({ ...whole, text: ' ' });
  expect(refusals.list()).toEqual([]);
  refusals.write(about);
  refusals.dropAll();
  expect(storage.kept.size).toBe(0);
});

test('a storage that is forbidden, full or not ours loses nothing on the page', () => {
  const closed = () => {
    throw new Error('forbidden');
  };
  const refusals = createUnkeptRefusals({ getItem: closed, setItem: closed, removeItem: closed }, 'one');
  refusals.write(about);
  expect(refusals.list()).toEqual([about]);
  const strange = memory();
  strange.setItem('one', JSON.stringify([null, { item: 'nothing', text: 'a' }, { text: 3 }, about]));
  expect(createUnkeptRefusals(strange, 'one').list()).toEqual([about]);
});

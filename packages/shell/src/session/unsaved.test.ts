import { expect, test } from 'vitest';
import { forgetCopies, forgetOldCopies, hasCopies, holdUnsaved, saveUnsaved } from './unsaved.ts';

const day = 24 * 3600 * 1000;

function memory(entries: Record<string, string>) {
  const kept = new Map(Object.entries(entries));
  return {
    names: () => [...kept.keys()],
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => void kept.delete(name),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}
const at = (days: number) => JSON.stringify({ at: days * day });
const forbidden = () => {
  throw new Error('forbidden');
};

test('signing out forgets what one has typed, and nothing of another’s', () => {
  const store = memory({
    rnoce_session: '1',
    rnoce_locale: 'fr',
    rnoce_draft_tab: 'a',
    'rnoce_draft.amal.d1.company.a': at(0),
    'rnoce_message.amal.f1': at(0),
    'rnoce_message.amal.f1.attempt': at(0),
    'rnoce_message.badr.f1': at(0),
  });
  expect([hasCopies(() => store, 'amal'), hasCopies(() => store, 'nour')]).toEqual([true, false]);
  forgetCopies(() => store, 'amal');
  expect(hasCopies(() => store, 'amal')).toBe(false);
  expect(store.names()).toEqual([
    'rnoce_session',
    'rnoce_locale',
    'rnoce_draft_tab',
    'rnoce_message.badr.f1',
  ]);
});

test('an attempt to send is no text that would be lost', () => {
  const store = memory({ 'rnoce_message.amal.f1.attempt': at(0) });
  expect(hasCopies(() => store, 'amal')).toBe(false);
});

test('what nobody came back for in a week is forgotten at the start, and what doesn’t tell its age', () => {
  const store = memory({
    rnoce_session: '1',
    'rnoce_draft.amal.d1.company.a': at(0),
    'rnoce_draft.amal.d1.contacts.a': at(2),
    'rnoce_message.badr.f1': '{"text":"Bonjour"}',
    'rnoce_message.badr.f2': '{',
  });
  forgetOldCopies(() => store, 8 * day);
  expect(store.names()).toEqual(['rnoce_session', 'rnoce_draft.amal.d1.contacts.a']);
});

test('a storage that is forbidden holds nothing', () => {
  expect(hasCopies(forbidden, 'amal')).toBe(false);
  forgetCopies(forbidden, 'amal');
  forgetOldCopies(forbidden, 0);
});

test('what the screens hold is saved, and it is told when something can’t be', async () => {
  const saved: string[] = [];
  const letGo = holdUnsaved(() => Promise.resolve(false));
  holdUnsaved(() => Promise.resolve(saved.push('form') > 0));
  expect(await saveUnsaved()).toBe(false);
  letGo();
  expect(await saveUnsaved()).toBe(true);
  expect(saved).toEqual(['form', 'form']);
});

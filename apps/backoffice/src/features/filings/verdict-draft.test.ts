import type { Dossier } from '@rnoce/schemas/filings';
import { expect, test } from 'vitest';
import {
  accept,
  acceptItem,
  addGeneral,
  clear,
  differencesOf,
  type Items,
  itemsIn,
  itemsOf,
  judgedOf,
  nextToJudge,
  refuse,
  removeReason,
  stateOf,
  wordOn,
} from './verdict-draft.ts';

const nothing = { accepted: [], reasons: [] };
const single = ['documents.identity', 'documents.ice', 'company.legalName'] as const;
const items: Items = { parts: [], all: single, single, fields: new Map() };

test('an item is accepted, refused, or still to judge; the last word counts', () => {
  const accepted = accept(nothing, ['documents.ice']);
  expect(stateOf(accepted, 'documents.ice', items)).toBe('accepted');
  const refused = refuse(accepted, 'documents.ice', 'illegible', ' Page 2 ');
  expect(stateOf(refused, 'documents.ice', items)).toBe('refused');
  expect(refused).toEqual({
    accepted: [],
    reasons: [{ about: { document: 'ice' }, cause: 'illegible', text: 'Page 2' }],
  });
  expect(stateOf(accept(refused, ['documents.ice']), 'documents.ice', items)).toBe('accepted');
  expect(clear(refused, 'documents.ice', items)).toEqual(nothing);
});

test('a field is refused by its path, and the whole by a reason about nothing', () => {
  const refused = refuse(nothing, 'managers.0.idNumber', 'mismatch', '');
  expect(refused.reasons).toEqual([{ about: { field: 'managers.0.idNumber' }, cause: 'mismatch', text: '' }]);
  const general = addGeneral(refused, 'other', 'Voir la note');
  expect(general.reasons[1]).toEqual({ cause: 'other', text: 'Voir la note' });
  // Accepting items says nothing of the whole.
  expect(accept(general, ['managers.0.idNumber']).reasons).toEqual([general.reasons[1]]);
  expect(removeReason(general, general.reasons[1] ?? { cause: 'other', text: '' })).toEqual(refused);
});

test('the next item to judge comes after this one, then from the start', () => {
  expect(nextToJudge(items, nothing, 'documents.identity')).toBe('documents.ice');
  const first = accept(nothing, ['documents.ice']);
  expect(nextToJudge(items, first, 'documents.identity')).toBe('company.legalName');
  expect(nextToJudge(items, first, 'company.legalName')).toBe('documents.identity');
  expect(nextToJudge(items, accept(nothing, single), 'documents.ice')).toBeUndefined();
});

const people = {
  operatorType: 'exporter',
  authority: 'portnet',
  sections: { company: {}, managers: [{}], singleWindowUsers: [{}, {}], contacts: [], bankAccount: null },
  documents: [{ document: 'ice' }],
} as unknown as Dossier;
const user = 'singleWindowUsers.0';
const fieldsOf = (items: Items, whole: string) => items.fields.get(whole) ?? [];

test('a dossier is judged part by part; a person is counted by their fields', () => {
  const read = itemsOf(people);
  expect(read.parts.map(({ part }) => part)).toEqual([
    'documents',
    'company',
    'managers',
    'legalRepresentative',
    'singleWindowUsers',
    'contacts',
  ]);
  expect(itemsIn(read, 'documents')).toEqual(['documents.ice']);
  expect(itemsIn(read, 'bankAccount')).toEqual([]);
  expect([...read.fields.keys()]).toEqual([user, 'singleWindowUsers.1']);
  expect(fieldsOf(read, user)).toHaveLength(6);
  expect(read.single).not.toContain(user);
  expect(read.all).toHaveLength(read.single.length + 2);
});

test('a person is accepted as a whole with every field, and taken back as a whole', () => {
  const read = itemsOf(people);
  const accepted = acceptItem(nothing, user, read);
  expect(accepted.accepted).toEqual(fieldsOf(read, user));
  expect(stateOf(accepted, user, read)).toBe('accepted');
  expect(judgedOf(accepted, read, read.single)).toBe(6);
  expect(clear(accepted, user, read)).toEqual(nothing);
});

test('a field refused by itself stays so when the person is accepted, and refuses them', () => {
  const read = itemsOf(people);
  const refused = refuse(nothing, `${user}.cin`, 'expired', '');
  expect(stateOf(refused, user, read)).toBe('refused');
  const rest = acceptItem(refused, user, read);
  expect(rest.reasons).toEqual(refused.reasons);
  expect(rest.accepted).toHaveLength(5);
  expect(stateOf(rest, user, read)).toBe('refused');
  expect(wordOn(rest, user, read)).toBe('todo');
  expect(wordOn(rest, `${user}.cin`, read)).toBe('refused');
});

test('a person refused as a whole needs no word on each field, until they are accepted again', () => {
  const read = itemsOf(people);
  const refused = refuse(nothing, user, 'other', 'Inconnu');
  expect(fieldsOf(read, user).map((field) => stateOf(refused, field, read))).toEqual(
    Array(6).fill('refused'),
  );
  expect(wordOn(refused, user, read)).toBe('refused');
  expect(wordOn(refused, `${user}.cin`, read)).toBe('todo');
  expect(judgedOf(refused, read, itemsIn(read, 'singleWindowUsers'))).toBe(7);
  const again = acceptItem(refused, user, read);
  expect(again.reasons).toEqual([]);
  expect(stateOf(again, user, read)).toBe('accepted');
});

test('the walk meets a person as a whole first, then the fields that are left', () => {
  const read = itemsOf(people);
  const before = 'legalRepresentative.manager';
  expect(nextToJudge(read, nothing, before)).toBe(user);
  expect(nextToJudge(read, acceptItem(nothing, user, read), user)).toBe('singleWindowUsers.1');
  expect(nextToJudge(read, accept(nothing, [`${user}.lastName`]), before)).toBe(`${user}.firstName`);
  expect(nextToJudge(read, refuse(nothing, user, 'other', 'x'), user)).toBe('singleWindowUsers.1');
});

test('two verdicts differ by fields, and by what is said of the person', () => {
  const read = itemsOf(people);
  const mine = refuse(nothing, user, 'other', 'x');
  const theirs = refuse(nothing, user, 'other', 'y');
  expect(differencesOf(read, mine, theirs)).toEqual([user]);
  expect(differencesOf(read, accept(nothing, [`${user}.cin`]), nothing)).toEqual([`${user}.cin`]);
});

import type { Dossier } from '@rnoce/schemas/filings';
import { expect, test } from 'vitest';
import {
  accept,
  addGeneral,
  clear,
  itemsOf,
  nextToJudge,
  refuse,
  removeReason,
  stateOf,
} from './verdict-draft.ts';

const nothing = { accepted: [], reasons: [] };
const items = ['documents.identity', 'documents.ice', 'company.legalName'] as const;

test('an item is accepted, refused, or still to judge; the last word counts', () => {
  const accepted = accept(nothing, ['documents.ice']);
  expect(stateOf(accepted, 'documents.ice')).toBe('accepted');
  const refused = refuse(accepted, 'documents.ice', 'illegible', ' Page 2 ');
  expect(stateOf(refused, 'documents.ice')).toBe('refused');
  expect(refused).toEqual({
    accepted: [],
    reasons: [{ about: { document: 'ice' }, cause: 'illegible', text: 'Page 2' }],
  });
  expect(stateOf(accept(refused, ['documents.ice']), 'documents.ice')).toBe('accepted');
  expect(clear(refused, 'documents.ice')).toEqual(nothing);
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
  expect(nextToJudge(items, accept(nothing, items), 'documents.ice')).toBeUndefined();
});

test('a dossier is judged by its documents and the fields that its form has', () => {
  const dossier = {
    operatorType: 'importer',
    sections: {
      company: { legalName: 'A', origin: 'lease', businessTax: '12' },
      managers: [{ lastName: 'B' }],
    },
    documents: [{ document: 'ice' }],
  } as unknown as Dossier;
  const { documents, company, managers } = itemsOf(dossier);
  expect(documents).toEqual(['documents.ice']);
  expect(company).toContain('company.businessTax');
  expect(company).not.toContain('company.cnss');
  expect(company).not.toContain('company.domiciledAt');
  expect(company).not.toContain('company.approvalNumber');
  expect(managers[0]).toBe('managers.0.lastName');
  expect(managers).toHaveLength(8);
});

import type { CustomsRequestDossier } from '@rnoce/schemas/customs-requests';
import { expect, test } from 'vitest';
import {
  accept,
  clear,
  decisionsOf,
  isOutdated,
  itemsOf,
  nextToJudge,
  nothingSaid,
  refuse,
  removeGeneral,
  stateOf,
} from './request-verdict.ts';

type Change = CustomsRequestDossier['changes'][number];
const change = (item: string, now: Change['now'] = 'Atlas'): Change => ({
  item,
  kind: 'changed',
  before: 'Atlas',
  asked: 'Atlas Maroc',
  now,
  overtaken: now !== 'Atlas',
  verdict: null,
});
const documents = [{ document: 'trade_register', id: 'v1' }] as CustomsRequestDossier['documents'];
const update = { documents, changes: [change('company.legalName'), change('company.address')] };
const closing = { documents, changes: [] };
const items = itemsOf(update);

test('documents are judged before changes, one after the other, then the decision', () => {
  expect([...items.keys()]).toEqual(['documents.trade_register', 'company.legalName', 'company.address']);
  let verdict = accept(nothingSaid, ['documents.trade_register'], items);
  expect(nextToJudge(items, verdict, 'documents.trade_register')).toBe('company.legalName');
  verdict = refuse(verdict, 'company.address', 'mismatch', ' Autre rue ');
  expect(nextToJudge(items, verdict, 'company.address')).toBe('company.legalName');
  verdict = accept(verdict, ['company.legalName'], items);
  expect(nextToJudge(items, verdict, 'company.legalName')).toBeUndefined();
  expect(verdict.reasons).toEqual([
    { about: { item: 'company.address' }, cause: 'mismatch', text: 'Autre rue' },
  ]);
});

test('the last word on an item counts, and can be taken back', () => {
  const refused = refuse(nothingSaid, 'documents.trade_register', 'illegible', '');
  expect(refused.reasons).toEqual([{ about: { document: 'trade_register' }, cause: 'illegible', text: '' }]);
  expect(stateOf(refused, 'documents.trade_register', items)).toBe('refused');
  const accepted = accept(refused, ['documents.trade_register'], items);
  expect(accepted.reasons).toEqual([]);
  expect(stateOf(accepted, 'documents.trade_register', items)).toBe('accepted');
  expect(stateOf(clear(accepted, 'documents.trade_register'), 'documents.trade_register', items)).toBe(
    'todo',
  );
});

test('what was accepted of a value that BADR changed since is to be judged again; a refusal stands', () => {
  let verdict = accept(nothingSaid, ['company.legalName'], items);
  verdict = refuse(verdict, 'company.address', 'mismatch', 'x');
  const later = itemsOf({
    documents,
    changes: [change('company.legalName', 'Atlas SA'), change('company.address', 'ailleurs')],
  });
  expect(isOutdated(verdict, 'company.legalName', items)).toBe(false);
  expect(isOutdated(verdict, 'company.legalName', later)).toBe(true);
  expect(stateOf(verdict, 'company.legalName', later)).toBe('todo');
  expect(stateOf(verdict, 'company.address', later)).toBe('refused');
});

test('an update is accepted without the changes that are refused, as long as one is left', () => {
  const one = refuse(nothingSaid, 'company.address', 'mismatch', 'x');
  expect(decisionsOf(nothingSaid, update, items)).toEqual({
    accept: { outcome: 'accepted', reasons: [] },
    reject: null,
  });
  expect(decisionsOf(one, update, items)).toEqual({
    accept: { outcome: 'accepted', reasons: one.reasons },
    reject: { outcome: 'rejected', reasons: one.reasons },
  });
  const both = refuse(one, 'company.legalName', 'other', 'y');
  expect(decisionsOf(both, update, items).accept).toBeNull();
  expect(decisionsOf(both, update, items).reject?.reasons).toHaveLength(2);
});

test('a refused document or a reason about the whole leaves nothing but a rejection', () => {
  for (const item of ['documents.trade_register', undefined]) {
    const verdict = refuse(nothingSaid, item, 'expired', '');
    expect(decisionsOf(verdict, update, items).accept).toBeNull();
    expect(decisionsOf(verdict, closing, itemsOf(closing)).accept).toBeNull();
    expect(decisionsOf(verdict, closing, itemsOf(closing)).reject).not.toBeNull();
  }
  const whole = refuse(nothingSaid, undefined, 'incomplete', 'a');
  const [reason] = whole.reasons;
  expect(reason && removeGeneral(whole, reason)).toEqual(nothingSaid);
});

test('what is said of a change that the request has no more is not sent', () => {
  const verdict = refuse(nothingSaid, 'company.acronym', 'mismatch', 'x');
  expect(decisionsOf(verdict, update, items)).toEqual({
    accept: { outcome: 'accepted', reasons: [] },
    reject: null,
  });
});

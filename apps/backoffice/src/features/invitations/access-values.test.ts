import { expect, test } from 'vitest';
import { bareCode, judgeAccess } from './access-values.ts';

const judge = judgeAccess(12);
const password = 'Bassin-quai-nord-42';
const whole = { password, confirmation: password, code: '492 039' };

test.each([
  ['492 039', '492039'],
  ['٤٩٢٠٣٩', '492039'],
  ['۴۹۲ ۰۳۹', '492039'],
  [' 492-039\u200f', '492039'],
])('the code %o is sent as %s', (typed, sent) => {
  expect(bareCode(typed)).toBe(sent);
});

test('what is whole is sent', () => {
  expect(judge(whole)).toEqual([]);
  expect(judge({ ...whole, code: '٤٩٢ ٠٣٩' })).toEqual([]);
});

test('all that is wrong is told at once', () => {
  expect(judge({ password: '', confirmation: '', code: ' ' })).toEqual([
    { pointer: '/password', code: 'required' },
    { pointer: '/confirmation', code: 'required' },
    { pointer: '/code', code: 'required' },
  ]);
  expect(judge({ password: 'court', confirmation: 'long', code: '49203' })).toEqual([
    { pointer: '/password', code: 'password_too_short', params: { min: 12 } },
    { pointer: '/confirmation', code: 'passwords_differ' },
    { pointer: '/code', code: 'exact_length', params: { length: 6 } },
  ]);
  expect(judge({ ...whole, code: '49203O' })).toEqual([{ pointer: '/code', code: 'digits_only' }]);
});

test('a password is as long as people see it, whatever its letters take', () => {
  expect(judge({ ...whole, password: '🔑'.repeat(12), confirmation: '🔑'.repeat(12) })).toEqual([]);
});

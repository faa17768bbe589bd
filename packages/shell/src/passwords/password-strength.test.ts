import { expect, test } from 'vitest';
import { judgeNewPassword } from './new-password.ts';
import { estimateStrength } from './password-strength.ts';

const agent = ['driss.bennani@douane.example', 'Driss Bennani'];

test.each([
  ['Driss.Bennani', 'personal'],
  ['motdepasse', 'common'],
  ['aaaaaaaaaaaa', 'pattern'],
  ['xq7', 'short'],
  ['bennani', 'personal'],
  ['Bennani-2026', 'personal'],
])('%s is weak: %s', (password, weakness) => {
  expect(estimateStrength(password, agent)).toMatchObject({ weakness });
});

test('unrelated words are strong, and nothing is advised', () => {
  expect(estimateStrength('bassin-quai-girafe-42', agent)).toEqual({ score: 4, weakness: undefined });
});

test('how short is too short is judged where it is known', () => {
  const typed = { password: 'court', confirmation: 'court' };
  expect(judgeNewPassword(typed)).toEqual([]);
  expect(judgeNewPassword(typed, 12)).toEqual([
    { pointer: '/password', code: 'password_too_short', params: { min: 12 } },
  ]);
});

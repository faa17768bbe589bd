import { expect, test } from 'vitest';
import { guessableWords, isGuessedAtOnce, leftToGuess } from './passwords.ts';

const words = guessableWords(['d.bennani@douane.example', 'Driss Bennani', 'Hélène & Fils']);

test('the words that somebody is known by: whole, and one by one', () => {
  expect(words[0]).toBe('d.bennani@douane.example');
  for (const word of ['driss bennani', 'd.bennani', 'bennani', 'driss', 'helene', 'portnet'])
    expect(words).toContain(word);
  expect(words).not.toContain('d');
});

test.each([
  ['Driss.Bennani', '.'],
  ['hélène-2026', '-2026'],
  ['D.BENNANI@douane.example', ''],
  ['Bassin-Quai-42', 'Bassin-Quai-42'],
])('of %s « %s » is left to guess', (password, left) => {
  expect(leftToGuess(password, words)).toBe(left);
});

test('one word of a list is guessed at once; two aren’t, nor is one part that is hard to guess', () => {
  const word = { pattern: 'dictionary' };
  expect(isGuessedAtOnce({ score: 1, sequence: [word] })).toBe(true);
  expect(isGuessedAtOnce({ score: 1, sequence: [word, word] })).toBe(false);
  expect(isGuessedAtOnce({ score: 1, sequence: [{ pattern: 'bruteforce' }] })).toBe(false);
  expect(isGuessedAtOnce({ score: 2, sequence: [{ pattern: 'repeat' }] })).toBe(false);
  expect(isGuessedAtOnce({ score: 0, sequence: [] })).toBe(true);
});

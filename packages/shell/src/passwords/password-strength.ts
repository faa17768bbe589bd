import { guessableWords, isGuessedAtOnce, leftToGuess } from '@rnoce/schemas/passwords';
import type { PasswordScore } from '@rnoce/ui/password-meter';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as commonDictionary } from '@zxcvbn-ts/language-common';
import { dictionary as frenchDictionary } from '@zxcvbn-ts/language-fr';

/** What makes a password weak, as far as the meter has a sentence for it. */
export type Weakness = 'personal' | 'common' | 'pattern' | 'short';

export interface Strength {
  readonly score: PasswordScore;
  readonly weakness: Weakness | undefined;
}

const estimator = new ZxcvbnFactory({
  dictionary: { ...commonDictionary, ...frenchDictionary },
  graphs: adjacencyGraphs,
});

/** Longer passwords only cost time: their start is strong enough to judge. */
const judged = 64;

/** How hard a password is to guess, by the same estimator as the server's. `personal` are words about the person: e-mail, company. */
export function estimateStrength(password: string, personal: readonly string[]): Strength {
  const words = guessableWords(personal);
  const start = password.slice(0, judged);
  const left = leftToGuess(start, words);
  // Words that one is known by add nothing to what must be guessed.
  if (left !== start && isGuessedAtOnce(estimator.check(left, words)))
    return { score: 0, weakness: 'personal' };
  const estimate = estimator.check(start, words);
  const { sequence } = estimate;
  const score = isGuessedAtOnce(estimate) ? 0 : estimate.score;
  const dictionaries = sequence.map((match) => String(match.dictionaryName ?? ''));
  const weakness = dictionaries.includes('userInputs')
    ? 'personal'
    : dictionaries.some((name) => name !== '')
      ? 'common'
      : sequence.some(({ pattern }) => ['repeat', 'sequence', 'spatial', 'date'].includes(pattern))
        ? 'pattern'
        : 'short';
  return { score, weakness: score < 3 ? weakness : undefined };
}

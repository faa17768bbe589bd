import type { Issue } from '@rnoce/schemas';
import { guessableWords, isGuessedAtOnce, leftToGuess } from '@rnoce/schemas/passwords';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as french } from '@zxcvbn-ts/language-fr';

/** What is judged of a long password: the estimator's cost grows faster than its length. */
const judgedLength = 64;
/** Ways of reading digits and signs as letters (« p@ssw0rd »): with the estimator's own hundred, one password can hold the process for seconds. */
const substitutions = 10;
const estimator = new ZxcvbnFactory({
  dictionary: { ...common, ...french },
  graphs: adjacencyGraphs,
  maxLength: judgedLength,
  l33tMaxSubstitutions: substitutions,
});

interface PasswordOwner {
  readonly email: string;
  readonly legalName: string;
}

/**
 * What is wrong with a new password: fewer characters than the rule (guide: 4 or more), or guessed at once, whatever the rule
 * (« 1234 », the e-mail, the company's name), or nothing else hard to guess beside words that its owner is known by (« Driss.Bennani »).
 */
export function passwordIssues(
  password: string,
  { minLength, owner, pointer }: { minLength: number; owner: PasswordOwner; pointer: string },
): Issue[] {
  if (Array.from(password).length < minLength)
    return [{ pointer, code: 'password_too_short', params: { min: minLength } }];
  const words = guessableWords([owner.email, owner.legalName]);
  const estimate = estimator.check(leftToGuess(password, words), words);
  return isGuessedAtOnce(estimate) ? [{ pointer, code: 'password_too_weak' }] : [];
}

/** Words that everybody tries here first. */
const obviousWords = ['rnoce', 'portnet', 'badr', 'douane', 'adii', 'maroc'];
/** Shorter ones are in every password. */
const fewestLetters = 3;
const marks = /\p{M}+/gu;

const folded = (text: string): string => text.normalize('NFD').replace(marks, '').toLowerCase();

/**
 * What whoever knows whose password it is tries first, the longest first, folded: the e-mail and the names of `about`, whole and word by word,
 * and this product's own (OWASP ASVS 5.0, 6.2.11).
 */
export function guessableWords(about: readonly string[]): string[] {
  const words = [...about, ...obviousWords].flatMap((text) => {
    const plain = folded(text);
    return [plain, plain.replace(/@.*/, ''), ...plain.split(/[^\p{L}\p{N}]+/u)];
  });
  return [...new Set(words)]
    .filter((word) => word.length >= fewestLetters)
    .toSorted((one, other) => other.length - one.length);
}

/** A password less the guessable words in it, whatever their case and accents: what is left to guess. */
export function leftToGuess(password: string, words: readonly string[]): string {
  const whole = folded(password);
  const left = words.reduce((rest, word) => rest.replaceAll(word, ''), whole);
  return left === whole ? password : left;
}

/** What the estimator (zxcvbn) says of a password. */
interface Estimate {
  readonly score: number;
  /** The parts that it is made of. */
  readonly sequence: readonly { readonly pattern: string }[];
}

/**
 * Whether a password is among the first that anybody tries: the estimator's lowest score, or its next one for a password that is one word of
 * its lists (the 50,000 commonest passwords, the commonest words and names), a date, a run or a repetition and nothing else (OWASP ASVS 5.0,
 * 6.2.4).
 */
export const isGuessedAtOnce = ({ score, sequence: [first, ...others] }: Estimate): boolean =>
  score === 0 || (score === 1 && first?.pattern !== 'bruteforce' && others.length === 0);

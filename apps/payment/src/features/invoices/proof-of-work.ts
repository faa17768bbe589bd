import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

/** What stands for a solution where the installation asks for none. */
const noProof = 'none';

/** The solution of a challenge of `GET /captcha`, as the API takes it. Takes a second or two; throws when it is given up. */
export async function solve(challenge: Record<string, unknown>, signal: AbortSignal): Promise<string> {
  if (!('parameters' in challenge)) return noProof;
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  signal.addEventListener('abort', stop);
  try {
    const given = challenge as unknown as Challenge;
    const solution = await solveChallenge({ challenge: given, controller, deriveKey });
    if (!solution) throw new Error('No solution of the challenge was found in time.');
    return btoa(JSON.stringify({ challenge: given, solution }));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, hashSync, verify } from '@node-rs/argon2';
import { createHashingQueue } from './hashing-queue.ts';

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** One thread of libuv's four is left for files and names. */
const inTurn = createHashingQueue({
  concurrency: Math.max(1, Math.min(3, availableParallelism())),
  maxWaiting: 100,
});

/** One password, however a keyboard composes its letters (NIST SP 800-63B §3.1.1.2). */
const normalised = (password: string): string => password.normalize('NFKC');

/** Hashes a password: Argon2id in PHC form. Throws `overloaded` when too many wait. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(normalised(password), cost));

let decoy: string | undefined;
/** The hash of a password that nobody has: who doesn't exist costs as long as who does. Made at once: a queue may be full. */
const decoyHash = (): string => {
  decoy ??= hashSync(randomBytes(24).toString('base64url'), cost);
  return decoy;
};

/** Whether the password is the one of this hash. Without a hash the same work is done, and the answer is no. */
export async function verifyPassword(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const known = decoyHash();
  const matches = await inTurn(() => verify(passwordHash ?? known, normalised(password)));
  return matches && typeof passwordHash === 'string';
}

import { createHmac } from 'node:crypto';
import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { usedCaptchas } from '../../db/schema/requests.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';

const algorithm = 'PBKDF2/SHA-256';
/** Iterations of one try, and how many tries a solution takes: one to two seconds of an ordinary machine (spec/running.md). */
const cost = 1000;
const tries = { min: 500, max: 1500 } as const;
const lifetimeMs = 10 * 60_000;

const secretsOf = ({ CAPTCHA_SECRET }: Deps['environment']) => {
  const derive = (use: string) => createHmac('sha256', CAPTCHA_SECRET).update(use).digest('hex');
  return { hmacSignatureSecret: derive('challenge'), hmacKeySignatureSecret: derive('key') };
};

/** A challenge to solve by work, signed so that nothing is kept of it until it is used; empty when this installation asks for none. */
export async function createCaptcha({ environment, now }: Deps): Promise<Record<string, unknown>> {
  if (environment.CAPTCHA === 'none') return {};
  return {
    ...(await createChallenge({
      algorithm,
      cost,
      counter: randomInt(tries.min, tries.max),
      deriveKey,
      expiresAt: new Date(now().getTime() + lifetimeMs),
      ...secretsOf(environment),
    })),
  };
}

/** What the widget puts into its field, in base64: the challenge as it was given, and its solution. */
const Payload = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      algorithm: z.literal(algorithm),
      nonce: z.string(),
      salt: z.string(),
      cost: z.literal(cost),
      keyLength: z.number(),
      keyPrefix: z.string(),
      keySignature: z.string(),
      expiresAt: z.number(),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
});

function readPayload(captcha: string) {
  try {
    return Payload.safeParse(JSON.parse(Buffer.from(captcha, 'base64').toString())).data;
  } catch {
    return undefined;
  }
}

const failed = () =>
  new ProblemError('captcha_failed', { issues: [{ pointer: '/captcha', code: 'captcha_failed' }] });

/**
 * Accepts a solved challenge of ours, once, within its ten minutes. `use` names what it was solved for: the same solution is accepted again
 * for that, and for nothing else. Throws `captcha_failed`.
 */
export async function requireCaptcha(
  { database, environment, now }: Deps,
  captcha: string,
  use?: string,
): Promise<void> {
  if (environment.CAPTCHA === 'none') return;
  const payload = readPayload(captcha);
  if (!payload) throw failed();
  const { challenge, solution } = payload;
  const expiresAt = new Date(challenge.parameters.expiresAt * 1000);
  const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secretsOf(environment) });
  if (!verified || expiresAt <= now()) throw failed();
  const used = use === undefined ? null : `${challenge.signature} ${use}`;
  // One statement: what a solution was used for is there as soon as its use is.
  const { rowCount } = await database.execute(sql`
    with taken as (
      insert into used_captchas (challenge, expires_at) values (${challenge.signature}, ${expiresAt.toISOString()}::timestamptz)
      on conflict do nothing returning expires_at
    ), kept as (
      insert into used_captchas (challenge, expires_at) select ${used}::text, expires_at from taken where ${used}::text is not null
    )
    select from taken`);
  if (rowCount) return;
  const again = used !== null && (await database.$count(usedCaptchas, eq(usedCaptchas.challenge, used))) > 0;
  if (!again) throw failed();
}

import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { expect, it } from 'vitest';
import { solve } from './proof-of-work.ts';

const secrets = { hmacSignatureSecret: 'one', hmacKeySignatureSecret: 'two' };

it('solves what the API gives, so that the API takes it', async () => {
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: 10,
    counter: 40,
    deriveKey,
    expiresAt: new Date('2100-01-01'),
    ...secrets,
  });
  const payload = await solve({ ...challenge }, new AbortController().signal);
  const given = JSON.parse(atob(payload)) as Parameters<typeof verifySolution>[0];
  expect(await verifySolution({ ...given, deriveKey, ...secrets })).toMatchObject({ verified: true });
});

it('has nothing to do where nothing is asked', async () => {
  expect(await solve({}, new AbortController().signal)).toBe('none');
});

import { describe, expect, it } from 'vitest';
import { openTotpSecret, sealTotpSecret, totpStepOf, totpUri } from './totp.ts';

const key = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

it('reads the codes of RFC 6238', () => {
  expect(totpStepOf('287082', secret, new Date(59_000))).toBe(1);
  expect(totpStepOf('081804', secret, new Date(1_111_111_109_000))).toBe(37_037_036);
  expect(totpStepOf('287083', secret, new Date(59_000))).toBe(undefined);
  expect(totpStepOf('', secret, new Date(59_000))).toBe(undefined);
});

it('names the service and the agent in the application', () => {
  expect(totpUri(secret, 'n@douane.example')).toBe(
    `otpauth://totp/RNOCE:n%40douane.example?issuer=RNOCE&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
});

describe('a sealed secret', () => {
  const sealed = sealTotpSecret(secret, { key, agentId: 'a' });

  it('is read with its key, for its agent', () => {
    expect(sealed).not.toContain(secret);
    expect(openTotpSecret(sealed, { key, agentId: 'a' })).toBe(secret);
    expect(sealTotpSecret(secret, { key, agentId: 'a' })).not.toBe(sealed);
  });

  it.each([
    ['another agent', sealed, { key, agentId: 'b' }],
    ['another key', sealed, { key: key.replace('0', '1'), agentId: 'a' }],
    ['a changed text', `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'E' : 'A'}`, { key, agentId: 'a' }],
    ['a cut text', sealed.slice(0, 20), { key, agentId: 'a' }],
  ])('is not read with %s', (_, text, given) => {
    expect(() => openTotpSecret(text, given)).toThrow(/authenticat|tag/i);
  });
});

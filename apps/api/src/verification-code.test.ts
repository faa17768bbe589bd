import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawVerificationCode, readVerificationCode } from './verification-code.ts';

it('has 140 bits, each of which counts', () => {
  const bytes = fc.uint8Array({ minLength: 28, maxLength: 28 });
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const same = one.every((byte, index) => (byte & 31) === ((other[index] ?? 0) & 31));
      expect(drawVerificationCode(() => one) === drawVerificationCode(() => other)).toBe(same);
    }),
  );
});

it('is read as people copy it', () => {
  const code = '7QKD-0M4X-9R2B-VZ8N-1HTE-5SCA-3JWG';
  for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', ' ')])
    expect(readVerificationCode(typed)).toBe(code);
  expect(readVerificationCode('7QKD-OM4X-9R2B-VZ8N-IHTE-5SCA-3JWG')).toBe(code);
  expect(readVerificationCode('７QKD0M4X9R2BVZ8NLHTE5SCA3JWG')).toBe(code);
  for (const wrong of ['', code.slice(1), `${code}0`, code.replace('7', 'U'), "' or 1=1 --"])
    expect(readVerificationCode(wrong)).toBeUndefined();
});

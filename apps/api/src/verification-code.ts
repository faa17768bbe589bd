import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no letter that is taken for a digit, and no vowel but A and E. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 7;
const groupLength = 4;
const codePattern = new RegExp(`^[${alphabet}]{${String(groups * groupLength)}}$`);

const grouped = (symbols: string): string =>
  symbols.replaceAll(new RegExp(`.{${String(groupLength)}}(?=.)`, 'g'), '$&-');

/** The code that the QR code of a printed document opens: 140 random bits, which can't be guessed from anything printed elsewhere. */
export const drawVerificationCode = (random: (size: number) => Uint8Array = randomBytes): string =>
  grouped(Array.from(random(groups * groupLength), (byte) => alphabet.charAt(byte & 31)).join(''));

/** A code as it is kept, from what a person read and typed; undefined when it can't be one. */
export function readVerificationCode(typed: string): string | undefined {
  const symbols = typed
    .normalize('NFKC')
    .replaceAll(/[\s-]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return codePattern.test(symbols) ? grouped(symbols) : undefined;
}

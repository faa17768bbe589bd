/** Arabic-Indic and Persian digits as 0-9: people type the digits of their keyboard. */
export const toAsciiDigits = (text: string): string =>
  text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/** Spaces, marks of direction and punctuation that people type or paste inside an identifier. */
const identifierNoise = /[\s.\-_/\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** An identifier as it is kept: digits 0-9, capitals, no separators (`ae 180-358` becomes `AE180358`). */
export const normaliseIdentifierText = (typed: string): string =>
  toAsciiDigits(typed.normalize('NFKC')).replaceAll(identifierNoise, '').toUpperCase();

/** A text for comparison in a search: no accents, no case, Arabic letters without their variants. */
export const searchable = (text: string): string =>
  toAsciiDigits(text)
    .normalize('NFD')
    .replaceAll(/\p{Mn}|\u0640/gu, '')
    .replaceAll(/[أإآٱ]/g, 'ا')
    .replaceAll('ة', 'ه')
    .replaceAll('ى', 'ي')
    .replaceAll(/[’'`\-_/().,;]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .toLowerCase()
    .trim();

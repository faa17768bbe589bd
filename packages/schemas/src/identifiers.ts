/**
 * Identifiers of a Moroccan company: how they are written, checked and doubted.
 * Source of every rule: reference/identifiers.md. Check digits never block; they warn.
 */

/** Arabic-Indic and Persian digits as 0 to 9. */
export const westernDigits = (typed: string): string =>
  typed.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/** What people type around an identifier's characters, dropped before any check. */
export const normaliseIdentifier = (typed: string): string =>
  westernDigits(typed)
    .normalize('NFKC')
    .replaceAll(/[\s.\-_/\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .toUpperCase();

/** Remainder by 97 of a string of digits of any length. */
const mod97 = (digits: string): number => {
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
};

/** The two control digits that follow `digits`, in an ICE (13 digits) or a RIB (22 digits): 01 to 97. */
export const controlKey = (digits: string): string => String(97 - mod97(`${digits}00`)).padStart(2, '0');

export const hasValidIceKey = (ice: string): boolean =>
  /^\d{15}$/.test(ice) && controlKey(ice.slice(0, 13)) === ice.slice(13);

export const hasValidRibKey = (rib: string): boolean =>
  /^\d{24}$/.test(rib) && controlKey(rib.slice(0, 22)) === rib.slice(22);

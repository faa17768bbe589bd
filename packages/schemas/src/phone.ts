import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { z } from 'zod';
import { westernDigits } from './identifiers.ts';
import { addIssue } from './issues.ts';

/** What a number is written with; invisible marks of direction, which come with a pasted one, are dropped before. */
const plainNumber = /^[\d\s+.\-()/]*$/;

/**
 * A phone number as people write it (`0661 76 76 20`, `+212…`, `00212…`, `212…`, or foreign with its prefix), in E.164.
 * Undefined when it can't be a number, or says anything beside it: a name or an extension would be lost in silence. Moroccan numbers have 9 digits after +212 and start with 5, 6, 7 or 8.
 */
export function toE164(typed: string): string | undefined {
  const written = westernDigits(typed)
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Pd}/gu, '-');
  if (!plainNumber.test(written)) return undefined;
  const compact = written.replaceAll(/[^\d+]/g, '');
  const international = compact.startsWith('00')
    ? `+${compact.slice(2)}`
    : /^212\d{9}$/.test(compact)
      ? `+${compact}`
      : compact;
  const parsed = parsePhoneNumberFromString(international, 'MA');
  if (!parsed?.isPossible()) return undefined;
  if (parsed.country === 'MA' || parsed.countryCallingCode === '212') {
    return /^[5-8]\d{8}$/.test(parsed.nationalNumber) ? parsed.number : undefined;
  }
  return parsed.number;
}

/** Moroccan or international, kept as E.164. */
export const phone = () =>
  z
    .string()
    .min(1)
    .max(40)
    .overwrite((typed) => toE164(typed) ?? typed)
    .check(({ value, issues }) => {
      if (value !== '' && !/^\+\d{6,15}$/.test(value)) addIssue(issues, value, 'phone_invalid');
    });

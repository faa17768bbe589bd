import { casablancaTime } from '@rnoce/schemas/casablanca-time';
import type { Locale } from './locale.ts';

/** No-break spaces keep an amount or a size on one line. */
const noBreakSpace = '\u00a0';

/**
 * A calendar date, `2023-08-02`, as `02/08/2023` in every language: `Intl` puts direction marks in Arabic dates.
 * Text that isn't an ISO date comes back as it is.
 */
export function formatDate(isoDate: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate);
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : isoDate;
}

/** An instant by the clocks of Morocco, whatever the machine's zone and the rules that it knows (docs/decisions/010). */
const timeOf = (instant: string | Date): string => casablancaTime(new Date(instant));

/** The day of an instant in Morocco, `21/11/2026`. */
export const formatDay = (instant: string | Date): string => formatDate(timeOf(instant).slice(0, 10));

/** The time of an instant in Morocco, `10:42`. */
export const formatTime = (instant: string | Date): string => timeOf(instant).slice(11, 16);

/** An instant in Morocco, `21/11/2026 10:42`. */
export const formatDateTime = (instant: string | Date): string =>
  `${formatDay(instant)}${noBreakSpace}${formatTime(instant)}`;

/**
 * An amount given as the API gives it, a decimal string with two places: `1234.50` becomes `1 234,50 MAD`, the same
 * in every language. Worked on the digits, never through a floating number.
 */
export function formatAmount(amount: string, currency = 'MAD'): string {
  const parts = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount);
  if (!parts) return `${amount}${noBreakSpace}${currency}`;
  const [, sign = '', whole = '', cents = ''] = parts;
  const grouped = whole.replace(/^0+(?=\d)/, '').replaceAll(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${sign === '-' ? '\u2212' : ''}${grouped},${cents.padEnd(2, '0')}${noBreakSpace}${currency}`;
}

/** A RIB as banks print it: bank, town, account, key (`011 780 0000123456789012 34`). What isn't 24 digits stays as it is. */
export const formatRib = (rib: string): string =>
  rib.replace(/^(\d{3})(\d{3})(\d{16})(\d{2})$/, '$1 $2 $3 $4');

/** A whole number with its thousands apart, `1 700`. */
export const formatCount = (count: number): string =>
  String(Math.trunc(count)).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f');

const sizeUnits: Readonly<Record<Locale, readonly [string, string, string]>> = {
  fr: ['o', 'Ko', 'Mo'],
  ar: ['بايت', 'ك.ب', 'م.ب'],
  en: ['B', 'KB', 'MB'],
};

/** A size given in bytes, in binary units with one decimal at most: `2,9 Mo`. Rounded up, so that 3 MiB + 1 byte isn't « 3 Mo ». */
export function formatFileSize(bytes: number, locale: Locale): string {
  const units = sizeUnits[locale];
  if (bytes < 1024) return `${bytes}${noBreakSpace}${units[0]}`;
  const mebibyte = 1024 * 1024;
  const [value, unit] = bytes < mebibyte ? [bytes / 1024, units[1]] : [bytes / mebibyte, units[2]];
  const tenths = Math.ceil(value * 10);
  const text =
    tenths % 10 === 0 || value >= 100
      ? String(Math.ceil(value))
      : `${Math.floor(tenths / 10)}.${tenths % 10}`;
  return `${locale === 'en' ? text : text.replace('.', ',')}${noBreakSpace}${unit}`;
}

/** A duration as its largest whole unit, for the messages `common:since.*`. */
export interface Duration {
  unit: 'minutes' | 'hours' | 'days';
  count: number;
}

/** Time from `start` to `end`, in the largest unit that fits, at least one minute. */
export function durationBetween(start: string | Date, end: string | Date): Duration {
  const minutes = Math.max(1, Math.floor((new Date(end).getTime() - new Date(start).getTime()) / 60_000));
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? { unit: 'hours', count: hours } : { unit: 'days', count: Math.floor(hours / 24) };
}

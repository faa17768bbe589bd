import { toAsciiDigits } from './text.ts';

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function toIso(year: string, month: string, day: string): string | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (y < 1900 || y > 2199 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * A date as people type it, day first: `2/8/2023`, `02-08-2023`, `02.08.2023`, `02 08 2023`, `02082023`, also `2023-08-02`.
 * Returns the ISO date, or undefined when it isn't a real date. A year of two digits is refused: 02/08/23 could be 1923.
 */
export function parseDateText(typed: string): string | undefined {
  const text = toAsciiDigits(typed)
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return toIso(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '');
  const dayFirst =
    /^(\d{1,2})\s*[/\-. ]\s*(\d{1,2})\s*[/\-. ]\s*(\d{4})$/.exec(text) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  return dayFirst ? toIso(dayFirst[3] ?? '', dayFirst[2] ?? '', dayFirst[1] ?? '') : undefined;
}

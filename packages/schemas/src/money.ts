/** Amounts of money without zod, so that the payment page can use them: whole centimes inside, a decimal string outside (spec/payment.md). */

/** The only currency: Moroccan dirham. */
export const currency = 'MAD' as const;
/** The largest amount of an invoice or an order: 999 999 999.99 MAD. */
export const maxCentimes = 99_999_999_999;

/** Centimes as a decimal with a dot and two places: `84000` → `840.00`. Throws on anything but a whole, safe, non-negative number. */
export function decimalOf(centimes: number): string {
  if (!Number.isSafeInteger(centimes) || centimes < 0)
    throw new RangeError('Not a whole number of centimes.');
  const digits = String(centimes).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Centimes of a decimal with no or two places, nothing else; undefined when it isn't one. Never passes through a float. */
export function centimesOf(decimal: string): number | undefined {
  const [, whole, places = '00'] = /^(\d{1,13})(?:\.(\d{2}))?$/.exec(decimal) ?? [];
  return whole === undefined ? undefined : Number(`${whole}${places}`);
}

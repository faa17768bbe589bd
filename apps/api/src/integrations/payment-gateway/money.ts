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

/** Whole centimes written without a separator; undefined when they aren't. */
export const centimesOfDigits = (digits: string): number | undefined =>
  /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;

/** Whole centimes written without a separator; undefined when they aren't. */
export const centimesOfDigits = (digits: string): number | undefined =>
  /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;

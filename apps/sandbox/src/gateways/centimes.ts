/** `84000` → `840.00`. */
export const decimal = (centimes: number): string =>
  `${Math.trunc(centimes / 100)}.${String(centimes % 100).padStart(2, '0')}`;

/** `840.00`, `840` or `840.5` → centimes; undefined when it isn't an amount. */
export function centimes(text: string): number | undefined {
  const [, whole, places = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(`${whole}${places.padEnd(2, '0')}`);
}

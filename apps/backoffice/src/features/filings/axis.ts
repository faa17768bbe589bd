/** A round number at least as large, for the top of the axis, whose half is whole: 2, 4, 6, 8, 10, 20, 50… */
export function ceiling(value: number): number {
  if (value <= 10) return Math.max(2, 2 * Math.ceil(value / 2));
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((step) => step * power >= value) ?? 10;
  return factor * power;
}

/** Seconds between two looks at an order: quick while the payer waits for it, then ever rarer. */
const soon = [2, 2, 3, 5, 8, 13, 21, 34] as const;
const longest = 60;
/** A reference is paid elsewhere, at the payer's own time. */
const shortestForReference = 15;

/** Milliseconds before the next look, after so many without a change. */
export function watchDelay(looks: number, isReference: boolean): number {
  const seconds = soon[Math.max(0, looks)] ?? longest;
  return (isReference ? Math.max(seconds, shortestForReference) : seconds) * 1000;
}

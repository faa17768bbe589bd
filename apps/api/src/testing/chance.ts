/** Chance that a test can repeat: the same seed, the same draws. */
export interface Chance {
  /** A whole number from 0 to `below` - 1. */
  below: (below: number) => number;
  pick: <T>(among: readonly T[]) => T;
  shuffle: <T>(all: readonly T[]) => T[];
}

/** Mulberry32: short, and even enough for tests. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: (among) => {
      const [chosen] = among.slice(below(among.length)).map((one) => ({ one }));
      if (!chosen) throw new Error('nothing to pick from');
      return chosen.one;
    },
    shuffle: (all) =>
      all
        .map((one) => ({ one, at: next() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one),
  };
}

/** Does `work` for each of `all`, so many at once. */
export async function inParallel<T>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = all.values();
  const loop = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, loop));
}

/** One step of the API beside the same by a bare handler, in interleaved rounds: what the machine does meanwhile weighs on both. */
import { type Answer, type Figures, load } from './load.ts';

export const rounds = 3;
export const seconds = Number(process.env.BENCH_SECONDS ?? 5);
type Step = (loop: number, turn: number) => Promise<Answer>;
export interface Result {
  readonly name: string;
  readonly api: Figures;
  readonly bare: Figures;
  readonly ratio: number;
}

const median = <T>(all: readonly T[], by: (one: T) => number): T => {
  const middle = all.toSorted((a, b) => by(a) - by(b))[Math.floor(all.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
};

export async function compare(name: string, loops: number, api: Step, bare: Step): Promise<Result> {
  const measured: { api: Figures; bare: Figures }[] = [];
  await load(loops, 1, api);
  await load(loops, 1, bare);
  for (let round = 0; round < rounds; round += 1)
    measured.push({ api: await load(loops, seconds, api), bare: await load(loops, seconds, bare) });
  const result = {
    name,
    api: median(
      measured.map((one) => one.api),
      ({ rate }) => rate,
    ),
    bare: median(
      measured.map((one) => one.bare),
      ({ rate }) => rate,
    ),
  };
  return { ...result, ratio: result.api.rate / result.bare.rate };
}

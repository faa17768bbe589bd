import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that take long: begun last, one of them would keep a whole machine waiting. */
const slow = /kill|\/proofs\/|fuzz|races|load-demo|registry-faults|altered-contracts|inspector|model/;

/** Runs the long tests first, the others in Vitest's own order. */
export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer's own method, not an array's
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => slow.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

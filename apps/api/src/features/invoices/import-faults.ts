import type { Issue } from '@rnoce/schemas';

/** How many faults are told one by one. */
const maxShownFaults = 1000;

/** What is wrong in a file, in the order of its lines; past the first thousand faults are only counted. */
export function createFaults() {
  const shown: { place: number; issue: Issue }[] = [];
  let found = 0;
  return {
    /** `place`: the line as people count it in their file. */
    add(place: number, issue: Issue): void {
      found += 1;
      if (shown.length < maxShownFaults) shown.push({ place, issue });
    },
    list(): Issue[] {
      const issues = shown.toSorted((one, other) => one.place - other.place).map(({ issue }) => issue);
      const more = found - shown.length;
      return more > 0 ? [...issues, { pointer: '', code: 'more_faults', params: { more } }] : issues;
    },
  };
}
export type Faults = ReturnType<typeof createFaults>;

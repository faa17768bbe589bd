/** Most figures that are read at a glance. */
const most = 4;

/** A reference in groups of nearly one size, the longer ones first: read aloud and typed without a slip. */
export function groupsOf(reference: string): string[] {
  const count = Math.ceil(reference.length / most);
  const groups: string[] = [];
  for (let rest = reference; rest !== ''; ) {
    const size = Math.ceil(rest.length / (count - groups.length));
    groups.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return groups;
}

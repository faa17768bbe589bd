/** Being written. */
export function Component() {
  return null;
}

/** What of a schema is used here. */
interface Schema<T> {
  readonly parse: (value: unknown) => T;
  readonly safeParse: (value: unknown) =>
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: { readonly issues: readonly { path: readonly PropertyKey[] }[] };
      };
}

/** Reads filters of an address by the API's own schema. A value that isn't one is left out: an old or broken link still opens the list. */
export function readFilters<T>(
  schema: Schema<T>,
  search: URLSearchParams,
  names: readonly string[],
  fixed: Readonly<Record<string, unknown>> = {},
): T {
  const query: Record<string, unknown> = { ...fixed };
  for (const name of names) {
    const value = search.get(name);
    if (value !== null && value !== '') query[name] = value;
  }
  const read = schema.safeParse(query);
  if (read.success) return read.data;
  const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])));
  return schema.parse(Object.fromEntries(Object.entries(query).filter(([name]) => !wrong.has(name))));
}

/** Milliseconds after which a service that doesn't answer counts as out of reach. */
const patience = 10_000;

/**
 * The address of what a page wanted to load and didn't get, as the browser's message names it; the page's own where it names none.
 * Undefined when the error is another one.
 */
export function lostChunk(error: unknown, page: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (!/dynamically imported module|importing a module script failed|preload CSS/i.test(error.message))
    return undefined;
  const [address = page] = /(?:https?:\/)?\/[^\s"']+/.exec(error.message) ?? [];
  return new URL(address, page).href;
}

/**
 * What became of it. A file that the service has no more is `gone` with its version: an application answers a page in its place, or 404.
 * One that it still has was lost on the way, as everything is while the service is `unreachable`.
 */
export async function whereabouts(
  address: string,
  ask: typeof fetch = fetch,
): Promise<'gone' | 'there' | 'unreachable'> {
  try {
    const { status, headers } = await ask(address, {
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
    });
    if (status >= 500) return 'unreachable';
    return status >= 400 || headers.get('content-type')?.includes('html') ? 'gone' : 'there';
  } catch {
    return 'unreachable';
  }
}

const closings: (() => unknown)[] = [];

/**
 * Closes something after the last test of the file. Not `afterAll`: Vitest runs none that is registered while a hook runs, and most files open
 * their application in `beforeAll`.
 */
export const closeAfterFile = (close: () => unknown): void => void closings.push(close);

/** Closes what this test file opened, last first; the next file of the same process opens its own. */
export async function closeAll(): Promise<void> {
  for (const close of closings.splice(0).toReversed()) await close();
}

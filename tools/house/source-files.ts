import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** What tools make, or hold of others. */
const NOT_OURS = new Set([
  'node_modules',
  'dist',
  '.git',
  '.data',
  'test-results',
  'playwright-report',
  'coverage',
]);

export type SourceFile = { path: string; text: string };

/** Paths of all files of the repository from its root, with slashes, in order. */
export function allPaths(): string[] {
  return walk(ROOT)
    .map((file) => relative(ROOT, file).split(sep).join('/'))
    .toSorted();
}

/** The files whose path matches, with their text. */
export function readMatching(pattern: RegExp): SourceFile[] {
  return allPaths()
    .filter((path) => pattern.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** `path:line` of each match, ready for a message. */
export function matches({ path, text }: SourceFile, pattern: RegExp): string[] {
  return [
    ...text.matchAll(new RegExp(pattern, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`)),
  ].map(
    (match) => `${path}:${text.slice(0, match.index).split('\n').length}: ${match[0].trim().slice(0, 100)}`,
  );
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name) && !entry.isSymbolicLink())
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path) : [path];
    });
}

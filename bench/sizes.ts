import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface FirstLoad {
  readonly files: number;
  /** KiB, each file gzipped by itself. */
  readonly gzip: number;
}

/**
 * What the first screen of a built application downloads: its page, the files that the page names, the modules that those import
 * statically, and their style sheets. Fonts are left out: they come after the first paint.
 */
export function firstLoad(dist: string, entries: readonly string[] = []): FirstLoad | undefined {
  const page = join(dist, 'index.html');
  if (!existsSync(page)) return undefined;
  const html = readFileSync(page, 'utf8');
  const seen = new Set<string>();
  const add = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    if (!file.endsWith('.js')) return;
    const code = readFileSync(file, 'utf8');
    for (const [, name = ''] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      add(join(file, '..', name));
  };
  for (const [, address = ''] of html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g))
    add(join(dist, 'assets', address.split('/assets/')[1] ?? ''));
  for (const entry of entries) add(join(dist, 'assets', entry));
  const bytes = [page, ...seen].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  return { files: seen.size + 1, gzip: Math.round((bytes / 1024) * 10) / 10 };
}

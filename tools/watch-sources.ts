import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { SupervisedProcess } from './supervised-process.ts';

/** An editor writes a file in several steps, a branch change many files: one restart for all. */
const SETTLE_MS = 150;

/** Restarts the server processes whose sources change. Returns what ends the watch. */
export function watchSources(
  root: string,
  processes: SupervisedProcess[],
  say: (message: string) => void,
): () => void {
  const servedBy: Record<string, string[]> = {
    'apps/api/src': ['api', 'worker'],
    'apps/sandbox/src': ['sandbox'],
    'packages/schemas/src': ['api', 'worker', 'sandbox'],
    'packages/i18n/src': ['api', 'worker'],
  };
  const due = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const restart = () => {
    const names = [...due];
    due.clear();
    say(`sources changed, restarting ${names.join(', ')}`);
    for (const one of processes) {
      if (names.includes(one.name)) void one.restart().catch((error: unknown) => say(String(error)));
    }
  };
  const watchers: FSWatcher[] = Object.entries(servedBy).map(([folder, names]) =>
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      if (!file || !/\.(ts|json|sql|typ)$/.test(file) || file.includes('.test.')) return;
      for (const name of names) due.add(name);
      clearTimeout(timer);
      timer = setTimeout(restart, SETTLE_MS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

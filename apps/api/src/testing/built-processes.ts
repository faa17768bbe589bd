import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built entries. */
    builtProcesses: string | undefined;
  }
}

const source = fileURLToPath(new URL('..', import.meta.url));
/** Inside the application, where its packages are found. */
const folder = join(source, '..', 'node_modules', '.cache', 'built');

/** A module says where it stands as it does unbuilt: templates, styles and threads are found beside their source. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  setup: (esbuild) => {
    esbuild.onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const place = JSON.stringify(dirname(path));
      const contents = text
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', place)
        .replaceAll('__dirname', place);
      return contents === text ? undefined : { contents, loader: path.endsWith('ts') ? 'ts' : 'js' };
    });
  },
};

/**
 * Set-up of a run: the API's and the worker's entry, each as one file with its packages. 1,700 modules are read in half the time, and the
 * tests that kill processes start some sixty. The journeys start the entries as they are.
 */
export default async function buildProcesses(project: TestProject): Promise<void> {
  await build({
    entryPoints: { server: join(source, 'server.ts'), worker: join(source, 'worker.ts') },
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Packages with machine code, and what is loaded only when it is asked for.
    external: ['@node-rs/*', '@myriaddreamin/*', 'pg-native', '@scalar/*', 's3rver'],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [keepPlaces],
    logLevel: 'error',
  });
  project.provide('builtProcesses', folder);
}

/** The file to start for an entry: as it was built, or itself in a project of tests without this set-up. */
export function builtEntry(entry: 'server' | 'worker'): string {
  const built = inject('builtProcesses');
  return built === undefined ? join(source, `${entry}.ts`) : join(built, `${entry}.js`);
}

import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface FirstLoad {
  /** Names of the downloaded files. */
  readonly files: readonly string[];
  /** KiB, each file gzipped by itself. */
  readonly gzip: number;
}

/** What the first screen of an application may weigh, and where it is: `budgets.json`. */
export interface Budget {
  /** KiB, gzipped, without fonts. */
  readonly firstLoad: number;
  readonly address: string;
  /** The screen's module when the router loads it lazily. */
  readonly screen?: string;
}

/** An entry of Vite's manifest, by the path of its source. */
interface Built {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const applications = ['portal', 'backoffice', 'payment'] as const;
export type Application = (typeof applications)[number];

const dist = (name: Application): string => join(import.meta.dirname, '..', 'dist', name);

export const budgets = JSON.parse(
  readFileSync(join(import.meta.dirname, 'budgets.json'), 'utf8'),
) as Readonly<Record<Application, Budget>>;

/**
 * What the first screen of a built application downloads in one language: its page, the files that the page names, the screen's
 * own modules and styles, the language's messages. Fonts are left out: they come after the first paint.
 * Undefined when the application isn't built.
 *
 * @throws when the build has no such screen or messages
 */
export function firstLoad(name: Application, locale: string): FirstLoad | undefined {
  const folder = dist(name);
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8')) as Readonly<
    Record<string, Built>
  >;
  const { screen } = budgets[name];
  const files = new Set(['index.html']);
  const add = (source: string): void => {
    const built = manifest[source];
    if (!built) throw new Error(`The build of ${name} has no ${source}.`);
    if (files.has(built.file)) return;
    for (const file of [built.file, ...(built.css ?? [])]) files.add(file);
    for (const imported of built.imports ?? []) add(imported);
  };
  add('index.html');
  add(`../../packages/i18n/src/${name}.${locale}.ts`);
  if (screen !== undefined) add(screen);
  for (const [, address = ''] of html.matchAll(/(?:src|href)="\/[^/"]+\/([^"]+\.(?:js|css|svg))"/g))
    files.add(address);
  const bytes = [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length,
    0,
  );
  return { files: [...files].map((file) => basename(file)), gzip: Math.round((bytes / 1024) * 10) / 10 };
}

/** The first load of every built application, in French, beside its budget. */
export const firstLoads = (): Record<string, { files: number; gzip: number; budget: number }> =>
  Object.fromEntries(
    applications.flatMap((name) => {
      const measured = firstLoad(name, 'fr');
      if (!measured) return [];
      const { files, gzip } = measured;
      return [[name, { files: files.length, gzip, budget: budgets[name].firstLoad }]];
    }),
  );

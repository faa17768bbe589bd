// Makes the packages that integrators install, ready for `npm publish`. `npm run pack [-- folder]`
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
/** In the order in which they stand on each other. */
const PUBLISHED = ['schemas', 'api-client'] as const;
const STEP_LIMIT_MS = 120_000;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: unknown;
  readonly publishConfig: Readonly<Record<string, unknown>>;
}

/**
 * JavaScript for Node 20 and every browser of its time, with its types. The libraries that may be used are those: what is newer doesn't
 * compile, and neither does what only Node has.
 */
const COMPILER_OPTIONS = {
  composite: true,
  noEmit: false,
  rewriteRelativeImportExtensions: true,
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: [],
  outDir: './dist',
  tsBuildInfoFile: './tsconfig.tsbuildinfo',
};

const sourceOf = (name: string) => join(ROOT, 'packages', name);
const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/**
 * Compiles and packs each package into a `.tgz` of the folder, without the network and without a trace in the sources.
 *
 * @returns the files, in the order in which they stand on each other
 * @throws when the compiler or npm refuses, with its message
 */
export async function packPackages(folder: string): Promise<string[]> {
  const stage = mkdtempSync(join(tmpdir(), 'rnoce-pack-'));
  try {
    for (const [index, name] of PUBLISHED.entries()) prepare(stage, name, PUBLISHED.slice(0, index));
    const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    await run(process.execPath, [compiler, '-b', join(stage, PUBLISHED.at(-1) ?? '')], ROOT);
    mkdirSync(folder, { recursive: true });
    const files: string[] = [];
    for (const name of PUBLISHED) files.push(await pack(join(stage, name), resolve(folder)));
    return files;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Writes what a package holds beside its code, and how the compiler makes that. */
function prepare(stage: string, name: string, before: readonly string[]): void {
  const [source, target] = [sourceOf(name), join(stage, name)];
  mkdirSync(target);
  const { devDependencies: _, publishConfig, ...manifest } = readManifest(source);
  const { exports, ...config } = publishConfig;
  const dependencies = Object.fromEntries(
    Object.entries(manifest.dependencies).map(([dependency, range]) => [
      dependency,
      published(source, dependency, range),
    ]),
  );
  writeFileSync(
    join(target, 'package.json'),
    JSON.stringify({ ...manifest, exports, dependencies, publishConfig: config }, null, 2),
  );
  for (const [from, file] of [
    [source, 'README.md'],
    [ROOT, 'LICENSE'],
  ] as const)
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(target, file));
  const src = join(source, 'src');
  writeFileSync(
    join(target, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: { ...COMPILER_OPTIONS, rootDir: src },
      include: [src],
      exclude: [join(src, '**', '*.test.ts')],
      references: before.map((one) => ({ path: join(stage, one) })),
    }),
  );
}

/** What is ours goes with the very version that it was made with; the rest as it is installed, or newer without a break. */
function published(source: string, dependency: string, range: string): string {
  const { version } = readManifest(join(source, 'node_modules', dependency));
  return range.startsWith('workspace:') ? version : `^${version}`;
}

async function pack(source: string, folder: string): Promise<string> {
  const args = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', folder];
  const [packed]: { filename: string }[] = JSON.parse(await run('npm', args, source));
  if (!packed) throw new Error(`npm packed nothing of ${source}.`);
  return join(folder, packed.filename);
}

async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  // npm is a .cmd file on Windows, which only a shell can run.
  const shell = process.platform === 'win32';
  const quoted = shell ? [`"${program}"`, ...args.map((one) => `"${one}"`)] : [program, ...args];
  const [file = '', ...rest] = quoted;
  try {
    return (await promisify(execFile)(file, rest, { cwd, shell, timeout: STEP_LIMIT_MS })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

if (import.meta.main) {
  const files = await packPackages(process.argv[2] ?? join(ROOT, 'packages', 'api-client', 'dist'));
  console.log(files.join('\n'));
}

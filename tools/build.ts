// Builds the SPAs whose sources changed since their last build. `node tools/build.ts [--force]`
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { acquireLock } from './process-lock.mjs';

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'spa-build');
const SPAS = ['portal', 'payment', 'backoffice'];
const STAMP = '.build-stamp';

type Log = (message: string) => void;

/** Holds one folder an SPA: `SPA_DIR` of the API. */
export const SPA_DIR = join(ROOT, 'dist');

/**
 * Builds each SPA into its folder of `dist`, unless what it is made of is unchanged. The new build replaces the old one
 * in one move, so that a running site never serves half of each.
 *
 * @throws when a build fails, with the bundler's message.
 */
export async function buildSpas(log: Log, force = false): Promise<void> {
  const release = await takeTurn(log);
  try {
    const shared = hashFiles([
      'packages/*/{src,data}/**/*',
      'packages/*/package.json',
      'pnpm-lock.yaml',
      'tsconfig.base.json',
    ]);
    const stale = SPAS.filter((spa) => existsSync(join(ROOT, 'apps', spa, 'vite.config.ts')))
      .map((spa) => ({
        spa,
        stamp: shared + hashFiles([`apps/${spa}/{src,public}/**/*`, `apps/${spa}/*.{html,json,ts}`]),
      }))
      .filter(({ spa, stamp }) => force || readStamp(spa) !== stamp);
    if (stale.length === 0) return;
    log(`building ${stale.map(({ spa }) => spa).join(', ')}…`);
    await Promise.all(stale.map(({ spa, stamp }) => build(spa, stamp)));
  } finally {
    release();
  }
}

async function takeTurn(log: Log): Promise<() => void> {
  for (let told = false; ; told = true) {
    const lock = acquireLock(join(CACHE, 'lock'));
    if (lock.acquired) return lock.release;
    if (!told) log(`waiting for process ${lock.holder.pid}, which is building…`);
    await delay(100);
  }
}

function hashFiles(patterns: string[]): string {
  const hash = createHash('sha256');
  const files = globSync(patterns, { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
  for (const file of files.toSorted())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  return hash.digest('hex');
}

function readStamp(spa: string): string | undefined {
  const file = join(SPA_DIR, spa, STAMP);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function build(spa: string, stamp: string): Promise<void> {
  const folder = join(ROOT, 'apps', spa);
  const fresh = join(CACHE, spa);
  const former = join(CACHE, `${spa}.old`);
  mkdirSync(CACHE, { recursive: true });
  const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', resolve);
  if ((await promise) !== 0)
    throw new Error(`The build of ${spa} failed:\n${Buffer.concat(output).toString().trim()}`);

  await compress(fresh);
  writeFileSync(join(fresh, STAMP), stamp);
  rmSync(former, { recursive: true, force: true });
  const dist = join(SPA_DIR, spa);
  mkdirSync(SPA_DIR, { recursive: true });
  if (existsSync(dist)) renameSync(dist, former);
  renameSync(fresh, dist);
  rmSync(former, { recursive: true, force: true });
}

/** Puts a compressed copy beside each file that gains by it, so that the server sends it without work. */
async function compress(folder: string): Promise<void> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  for (const file of globSync('**/*.{js,mjs,css,html,svg,json,wasm}', { cwd: folder })) {
    const content = await readFile(join(folder, file));
    if (content.length < 1024) continue;
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(content, { params }),
      promisify(gzip)(content, { level: 9 }),
    ]);
    await writeFile(join(folder, `${file}.br`), br);
    await writeFile(join(folder, `${file}.gz`), gz);
  }
}

if (import.meta.main) {
  await buildSpas((message) => console.log(`build: ${message}`), process.argv.includes('--force'));
}

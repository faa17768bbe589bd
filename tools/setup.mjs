// Installs the exact dependencies of the lockfile, once. Plain JavaScript for Node >= 20: nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acquireLock } from './process-lock.mjs';

const OLDEST_NODE = 20;
const PNPM = 'pnpm@12.21.0';
const WAIT_FOR_OTHER_MS = 15 * 60_000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.setup-stamp');

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  fail(
    `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer (https://nodejs.org).`,
  );
}

const wanted = stamp();
if (!isDone()) {
  const release = await takeTurn();
  try {
    // The one we waited for may have done it.
    if (!isDone()) install();
  } finally {
    release();
  }
}

/** What an installation depends on: the lockfile, the workspace's settings and the platform its binaries are for. */
function stamp() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml'])
    hash.update(readFileSync(join(root, file))).update('\0');
  return hash.update(`${PNPM} ${process.platform} ${process.arch}`).digest('hex');
}

function isDone() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted;
}

async function takeTurn() {
  // Not in node_modules, which an installation may empty.
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const lockFile = join(tmpdir(), `rnoce-setup-${process.getuid?.() ?? 0}-${name}.lock`);
  const deadline = Date.now() + WAIT_FOR_OTHER_MS;
  let told = false;
  for (;;) {
    const lock = acquireLock(lockFile);
    if (lock.acquired) return lock.release;
    if (Date.now() > deadline)
      fail(`Process ${lock.holder.pid} has been installing for too long; see ${lockFile}.`);
    if (!told) process.stderr.write(`setup: waiting for process ${lock.holder.pid}, which is installing…\n`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function install() {
  process.stderr.write('setup: installing dependencies (a few minutes the first time, nothing later)…\n');
  const started = Date.now();
  const args = ['--yes', '--prefer-offline', PNPM, 'install', '--frozen-lockfile'];
  // npx is a .cmd file on Windows, which only a shell can run; no argument holds a character it would read.
  const shell = process.platform === 'win32';
  const env = { ...process.env, CI: process.env.CI ?? 'true', npm_config_update_notifier: 'false' };
  const result = spawnSync('npx', args, { cwd: root, env, stdio: ['ignore', 2, 2], shell });
  if (result.error) fail(`npx could not be run: ${result.error.message}. It comes with npm.`);
  if (result.status !== 0) {
    fail(
      `The installation failed (${result.signal ?? `code ${result.status}`}). ` +
        'Its message is above; the usual cause is no access to the npm registry (a proxy?). Run the same command again.',
    );
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
  process.stderr.write(`setup: done in ${Math.round((Date.now() - started) / 1000)} s\n`);
}

/**
 * @param {string} reason
 * @returns {never}
 */
function fail(reason) {
  process.stderr.write(`\nsetup: ${reason}\n\n`);
  process.exit(1);
}
